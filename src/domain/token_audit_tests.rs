//! Every rule at its edges.

use super::*;

const NOW: i64 = 1_000 * DAY;

/// Made 40 days ago for a year, used for all it may do from one place yesterday: nothing to find.
fn sound() -> Subject<'static> {
    Subject {
        prefix: "1a2b3c4d",
        name: "ci",
        scope: Scope::Site("blog"),
        permissions: set("sites:read,deployments:write"),
        other_owner: None,
        created_at: NOW - 40 * DAY,
        expires_at: Some(NOW + 325 * DAY),
        lifetime: Some(365 * DAY),
        last_used_at: Some(NOW - DAY),
        is_replaced: false,
        used: set("sites:read,deployments:write"),
        places: &[],
    }
}

fn set(list: &str) -> PermissionSet {
    list.parse().expect("permissions")
}

fn codes(token: &Subject<'_>) -> Vec<&'static str> {
    audit(token, NOW).iter().map(|finding| finding.code.as_str()).collect()
}

#[track_caller]
fn only(token: &Subject<'_>) -> Finding {
    let mut findings = audit(token, NOW);
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.remove(0)
}

#[test]
fn a_sound_token_has_no_findings() {
    assert_eq!(codes(&sound()), [""; 0]);
}

#[test]
fn a_token_without_end_is_found_and_a_personal_one_matters_more() {
    let endless = Subject { expires_at: None, lifetime: None, ..sound() };
    let finding = only(&endless);
    assert_eq!((finding.code, finding.severity), (FindingCode::NeverExpires, Severity::Medium));
    assert_eq!(
        finding.fix,
        [
            "zerodeploy token create ci --site blog --permissions sites:read,deployments:write --expires 90",
            "zerodeploy token delete zd_1a2b3c4d",
        ]
    );
    let personal = only(&Subject { scope: Scope::Person, ..endless });
    assert_eq!(personal.severity, Severity::High);
    assert!(personal.fix[0].contains(" --user "), "{:?}", personal.fix);
    let of_org = only(&Subject { scope: Scope::Organization("acme"), ..endless });
    assert!(of_org.fix[0].contains(" --org acme "), "{:?}", of_org.fix);
    let of_other = only(&Subject { other_owner: Some("bob"), ..endless });
    assert_eq!(of_other.fix, ["zerodeploy token delete zd_1a2b3c4d"], "nobody makes somebody else's token anew");
}

#[test]
fn the_end_is_told_from_seven_days_before() {
    let ending = |at: i64| Subject { expires_at: Some(at), ..sound() };
    assert_eq!(codes(&ending(NOW + ENDS_SOON + 1)), [""; 0]);
    let finding = only(&ending(NOW + ENDS_SOON));
    assert_eq!((finding.code, finding.severity), (FindingCode::ExpiresSoon, Severity::Medium));
    assert_eq!(finding.fix, ["zerodeploy token rotate zd_1a2b3c4d"]);
    assert!(finding.message.contains("1972-10-04T00:00:00Z"), "{}", finding.message);
    assert_eq!(codes(&ending(NOW + 1)), ["expires_soon"]);

    assert_eq!(codes(&Subject { is_replaced: true, ..ending(NOW + DAY) }), [""; 0], "it was rotated");
    let lived = |lifetime: i64| Subject { lifetime: Some(lifetime), ..ending(NOW + DAY) };
    assert_eq!(codes(&lived(ENDS_SOON)), [""; 0], "it was made to be short");
    assert_eq!(codes(&lived(ENDS_SOON + 1)), ["expires_soon"]);
    let others = only(&Subject { other_owner: Some("bob"), ..ending(NOW + DAY) });
    assert_eq!(others.fix, ["zerodeploy token delete zd_1a2b3c4d"]);
}

#[test]
fn what_was_not_used_for_ninety_days_is_unused() {
    let last = |at: i64| Subject { created_at: NOW - 300 * DAY, last_used_at: Some(at), ..sound() };
    assert_eq!(codes(&last(NOW - UNUSED + 1)), [""; 0]);
    let finding = only(&last(NOW - UNUSED));
    assert_eq!((finding.code, finding.severity), (FindingCode::Unused, Severity::Medium));
    assert_eq!(finding.fix, ["zerodeploy token delete zd_1a2b3c4d"]);

    let never = |made: i64| Subject { created_at: made, last_used_at: None, used: PermissionSet::default(), ..sound() };
    assert_eq!(codes(&never(NOW - UNUSED + 1)), [""; 0], "a new one need not be used yet");
    let finding = only(&never(NOW - UNUSED));
    assert!(finding.message.ends_with("and never used"), "{}", finding.message);
}

#[test]
fn a_permission_that_was_never_used_is_found_after_thirty_days() {
    let used = |used: &str, permissions: &str| Subject { used: set(used), permissions: set(permissions), ..sound() };
    for (held, was_used, enough) in [
        ("sites:read,deployments:write", "deployments:write", "deployments:write"),
        ("sites:read,deployments:write", "deployments:read", "deployments:read"),
        ("sites:write", "sites:read", "sites:read"),
        ("sites:read,sites:write", "sites:read", "sites:read"),
        ("orgs:read,forms:write,analytics:write", "orgs:read,forms:write", "orgs:read,forms:write"),
    ] {
        let finding = only(&used(was_used, held));
        assert_eq!((finding.code, finding.severity), (FindingCode::PermissionUnused, Severity::Low), "{held}");
        assert!(finding.message.ends_with(&format!("`{enough}` would be enough")), "{}", finding.message);
        let create = format!("zerodeploy token create ci --site blog --permissions {enough} --expires 365");
        assert_eq!(finding.fix, [create.as_str(), "zerodeploy token delete zd_1a2b3c4d"]);
        assert!(set(enough).is_subset_of(set(held)) && codes(&used(was_used, enough)).is_empty(), "it would be sound");
    }
    for (held, was_used) in [
        ("sites:write", "sites:write"),
        ("sites:read,sites:write", "sites:write"),
        ("sites:write", "sites:read,sites:write"),
    ] {
        assert_eq!(codes(&used(was_used, held)), [""; 0], "{held}");
    }
    let nothing = only(&used("", "sites:read"));
    assert_eq!(nothing.fix, ["zerodeploy token delete zd_1a2b3c4d"]);

    let young = Subject { created_at: NOW - SETTLED + 1, ..used("", "sites:read") };
    assert_eq!(codes(&young), [""; 0]);
    assert_eq!(codes(&Subject { created_at: NOW - SETTLED, ..young }), ["permission_unused"]);
    assert_eq!(codes(&Subject { last_used_at: None, ..used("", "sites:read") }), [""; 0], "never used at all");
}

fn place(address: &str, last_used_at: i64, ci: Option<(&'static str, i64)>) -> Place<'static> {
    Place { address: address.parse().expect("an address"), last_used_at, ci }
}

#[test]
fn more_than_five_networks_in_seven_days_are_many() {
    let at = NOW - ADDRESS_TIME + 1;
    let mut places: Vec<Place<'_>> = (1..=5).map(|last| place(&format!("192.0.2.{last}"), at, None)).collect();
    // Another way to write one of them, and a use too long ago.
    places.push(place("::ffff:192.0.2.1", at, None));
    places.push(place("203.0.113.1", NOW - ADDRESS_TIME, None));
    assert_eq!(codes(&Subject { places: &places, ..sound() }), [""; 0], "five are not many");
    // One household has many addresses.
    let mut household = places[1..5].to_vec();
    household.extend(["2001:db8::1", "2001:db8::2", "2001:db8:0:0:ffff::3"].map(|address| place(address, at, None)));
    assert_eq!(codes(&Subject { places: &household, ..sound() }), [""; 0], "four addresses and one /64");
    household.push(place("2001:db8:0:1::1", at, None));
    assert_eq!(codes(&Subject { places: &household, ..sound() }), ["many_addresses"]);
    places.push(place("198.51.100.1", at, None));

    let finding = only(&Subject { places: &places, ..sound() });
    assert_eq!((finding.code, finding.severity), (FindingCode::ManyAddresses, Severity::High));
    assert!(
        finding.message.contains("from 6 networks") && finding.message.contains("CI runners"),
        "{}",
        finding.message
    );
    let fix = ["zerodeploy token show zd_1a2b3c4d", "zerodeploy token rotate zd_1a2b3c4d --grace 0"];
    assert_eq!(finding.fix, fix);
    let others = only(&Subject { places: &places, other_owner: Some("bob"), ..sound() });
    assert_eq!(others.fix, [fix[0], "zerodeploy token delete zd_1a2b3c4d"]);

    // What says that it is a runner counts, but for less.
    places.iter_mut().filter(|place| place.address.to_string().ends_with("192.0.2.1")).for_each(|place| {
        place.ci = Some(("github-actions", at));
    });
    let finding = only(&Subject { places: &places, ..sound() });
    assert_eq!(finding.severity, Severity::Low);
    assert!(finding.message.contains("6 networks within 7 days, 5 of them not"), "{}", finding.message);
}

#[test]
fn a_personal_token_in_continuous_integration_is_found() {
    let at = |at: i64| [place("192.0.2.1", NOW, Some(("github-actions", at)))];
    let recent = at(NOW - CI_TIME + 1);
    let personal = Subject { scope: Scope::Person, places: &recent, ..sound() };
    let finding = only(&personal);
    assert_eq!((finding.code, finding.severity), (FindingCode::PersonalInCi, Severity::High));
    assert!(finding.message.contains("in github-actions at"), "{}", finding.message);
    assert_eq!(
        finding.fix[0],
        "zerodeploy token create ci --site SITE --permissions sites:read,deployments:write --expires 365"
    );
    assert_eq!(codes(&Subject { scope: Scope::Site("blog"), ..personal }), [""; 0]);
    assert_eq!(codes(&Subject { scope: Scope::Organization("acme"), ..personal }), [""; 0]);
    assert_eq!(codes(&Subject { places: &at(NOW - CI_TIME), ..personal }), [""; 0], "long ago");
    let unnamed = [place("192.0.2.1", NOW, Some(("ci", NOW)))];
    let finding = only(&Subject { places: &unnamed, ..personal });
    assert!(finding.message.contains("in continuous integration at"), "{}", finding.message);
}

#[test]
fn one_token_can_have_several_findings_in_the_documented_order() {
    let places = [place("192.0.2.1", NOW, Some(("ci", NOW)))];
    let bad = Subject {
        scope: Scope::Person,
        expires_at: None,
        lifetime: None,
        created_at: NOW - 300 * DAY,
        last_used_at: Some(NOW - 100 * DAY),
        used: PermissionSet::default(),
        places: &places,
        ..sound()
    };
    assert_eq!(codes(&bad), ["never_expires", "unused", "permission_unused", "personal_in_ci"]);
}

#[test]
fn codes_are_read_and_typos_get_a_suggestion() {
    for code in FindingCode::ALL {
        assert_eq!(code.as_str().parse(), Ok(*code));
    }
    assert_eq!("never_expire".parse::<FindingCode>(), Err("did you mean `never_expires`?".to_owned()));
    assert!("x".parse::<FindingCode>().is_err_and(|message| message.contains("personal_in_ci")));
    assert!(Severity::Low < Severity::Medium && Severity::Medium < Severity::High);
}

#[test]
fn names_are_safe_in_a_shell() {
    for (word, quoted) in [
        ("ci", "ci"),
        ("deploy.blog_2", "deploy.blog_2"),
        ("", "''"),
        ("two words", "'two words'"),
        ("it's", r"'it'\''s'"),
        ("$(reboot)", "'$(reboot)'"),
        ("--json", "'--json'"),
    ] {
        assert_eq!(shell_quoted(word), quoted);
    }
}

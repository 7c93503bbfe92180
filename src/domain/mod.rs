//! Pure rules that both sides need: no I/O, no clock, no other module of ours.

pub mod account;
pub mod deployment_id;
pub mod fingerprint;
pub mod header_rules;
pub mod host;
pub mod permission;
pub mod printable;
pub mod redirects;
pub mod role;
pub mod rules;
pub mod slug;
pub mod token;
pub mod token_audit;
pub mod user_agent;
pub mod user_code;

/// The closest of `candidates` to what somebody typed, when it is close enough to be meant.
pub fn did_you_mean<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(typed, candidate), candidate))
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

//! Who imports whom, as the documentation of `src/lib.rs` says it.

use crate::source::{Source, sources};

/// For each part of the program, what it may import beside itself. A part that is missing here fails the test.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("private", &[]),
    ("domain", &[]),
    ("project", &[]),
    ("api", &["domain", "content::blob"]),
    ("content", &["domain", "private"]),
    ("cli", &["api", "domain", "error", "settings"]),
    ("ui", &["api", "content", "domain"]),
    ("settings", &["api", "domain", "error", "private"]),
    ("credentials", &["api", "domain", "error", "settings"]),
    ("client", &["api", "content", "credentials", "domain", "private"]),
    ("server", &["api", "content", "domain", "private"]),
    ("error", &["api", "client", "content", "credentials", "domain", "settings", "ui"]),
    ("context", &["api", "cli", "client", "content", "credentials", "domain", "error", "settings", "ui"]),
    (
        "commands",
        &["api", "cli", "client", "content", "context", "credentials", "domain", "error", "project", "settings", "ui"],
    ),
    ("main", &["cli", "commands", "context", "error", "settings", "ui"]),
    ("lib", &[]),
];

/// The only files outside `src/server` that may start the server.
const MAY_IMPORT_SERVER: &[&str] = &["src/commands/serve.rs", "src/commands/deploy/local.rs"];

#[test]
fn each_part_imports_only_what_the_layout_allows() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let part = part(&source.path);
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == part) else {
            wrong.push(format!("{}: `{part}` is not in the table of {}", source.path, file!()));
            continue;
        };
        for (line, import) in imports(&source) {
            let is_allowed = |allowed: &&str| import == **allowed || import.starts_with(&format!("{allowed}::"));
            let starts_server = import.starts_with("server") && MAY_IMPORT_SERVER.contains(&source.path.as_str());
            if first(&import) != part && !allowed.iter().any(is_allowed) && !starts_server {
                wrong.push(format!("{}:{line}: `{part}` must not import `{import}`", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn inside_the_server_each_layer_knows_only_the_next() {
    let rules: &[(&str, &[&str])] = &[
        ("src/server/handlers", &["crate::server::db", "crate::server::packs", "sqlx::"]),
        ("src/server/services", &["axum", "crate::server::handlers", "crate::server::router"]),
        ("src/server/db", &["axum", "crate::server::handlers", "crate::server::services", "crate::server::packs"]),
        ("src/server/packs", &["axum", "crate::server::handlers", "crate::server::services"]),
    ];
    let mut wrong = Vec::new();
    for source in sources("src") {
        for (_, forbidden) in rules.iter().filter(|(folder, _)| is_in(&source.path, folder)) {
            for (line, code) in source.code() {
                for name in forbidden.iter().filter(|name| code.contains(**name)) {
                    wrong.push(format!("{}:{line}: `{name}` is out of bounds here", source.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_parser_of_imports_sees_every_form() {
    let text = "use crate::api::error::X;\nuse crate::{client, server::{db, packs}, ui as terminal};\n\
                let x = crate::domain::did_you_mean(); // crate::hidden\nuse zerodeploy::cli;\n";
    let source = Source { path: "src/main.rs".to_owned(), text: text.to_owned() };
    let found: Vec<String> = imports(&source).into_iter().map(|(_, import)| import).collect();
    assert_eq!(found, ["api::error::X", "client", "server", "ui", "domain::did_you_mean", "cli"]);
}

fn is_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with(['/', '.']))
}

/// `src/client/http.rs` belongs to `client`, `src/error.rs` to `error`.
fn part(path: &str) -> &str {
    let inside = path.strip_prefix("src/").expect("a file of the program");
    inside.split(['/', '.']).next().unwrap_or(inside)
}

fn first(import: &str) -> &str {
    import.split("::").next().unwrap_or(import)
}

/// What a file names of our own crate, with the line where it does.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let code: Vec<(usize, &str)> = source.code().collect();
    let text: String = code.iter().flat_map(|(_, line)| [*line, "\n"]).collect();
    let mut found = Vec::new();
    // The binary sees the library as a crate of its own.
    let crate_names: &[&str] = if source.path == "src/main.rs" { &["crate::", "zerodeploy::"] } else { &["crate::"] };
    for (at, name) in crate_names.iter().flat_map(|name| text.match_indices(name)) {
        let line = text[..at].matches('\n').count() + 1;
        let rest = &text[at + name.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_members(group).into_iter().map(|member| (line, member))),
            None => found.push((line, path_at_start(rest))),
        }
    }
    found
}

fn path_at_start(text: &str) -> String {
    let is_part = |character: char| character.is_alphanumeric() || character == '_' || character == ':';
    text.chars().take_while(|character| is_part(*character)).collect::<String>().trim_end_matches(':').to_owned()
}

/// The first names in `a, b::{c, d}, e}`.
fn group_members(text: &str) -> Vec<String> {
    let (mut depth, mut members, mut member) = (0usize, Vec::new(), String::new());
    for character in text.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => members.push(std::mem::take(&mut member)),
            _ if depth == 0 => member.push(character),
            _ => {}
        }
    }
    members.push(member);
    members.iter().map(|member| path_at_start(member.trim())).filter(|member| !member.is_empty()).collect()
}

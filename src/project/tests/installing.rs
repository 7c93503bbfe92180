//! What is said of a find, and who installs and runs what a project needs.

use super::super::{Output, PackageManager};
use super::{detect, memory};

#[test]
fn the_package_manager_is_named_or_known_by_its_lock_file() {
    let package = r#"{"scripts": {"build": "x"}}"#;
    let of = |files: &[(&'static str, &'static str)], above: &[(&'static str, &'static str)]| {
        let found = detect(&memory(files), &[&memory(above)]);
        [found.build.expect("a build").command, found.install.expect("an install").command].join("; ")
    };
    for (files, above, expected) in [
        (vec![], vec![], "npm run build; npm install"),
        (vec!["package-lock.json"], vec![], "npm run build; npm ci"),
        (vec!["pnpm-lock.yaml"], vec![], "pnpm run build; pnpm install --frozen-lockfile"),
        (vec!["yarn.lock"], vec![], "yarn run build; yarn install --frozen-lockfile"),
        (vec!["yarn.lock", ".yarnrc.yml"], vec![], "yarn run build; yarn install --immutable"),
        (vec!["bun.lock"], vec![], "bun run build; bun install --frozen-lockfile"),
        (vec!["bun.lockb"], vec![], "bun run build; bun install --frozen-lockfile"),
        (vec!["pnpm-lock.yaml", "package-lock.json"], vec![], "pnpm run build; pnpm install --frozen-lockfile"),
        (vec![], vec!["pnpm-lock.yaml"], "pnpm run build; pnpm install --frozen-lockfile"),
        (vec!["package-lock.json"], vec!["yarn.lock"], "npm run build; npm ci"),
    ] {
        let with = |names: &[&'static str]| names.iter().map(|name| (*name, "")).collect::<Vec<_>>();
        let files = [vec![("package.json", package)], with(&files)].concat();
        assert_eq!(of(&files, &with(&above)), expected, "{files:?} below {above:?}");
    }
    let named = r#"{"packageManager": "yarn@4.9.1", "scripts": {"build": "x"}}"#;
    assert_eq!(of(&[("package.json", named), ("package-lock.json", "")], &[]), "yarn run build; yarn install");
    let above = [("package.json", r#"{"packageManager": "pnpm@9"}"#), ("pnpm-lock.yaml", "")];
    assert_eq!(of(&[("package.json", package)], &above), "pnpm run build; pnpm install --frozen-lockfile");
}

#[test]
fn other_programs_are_installed_by_their_own_managers() {
    let install = |files: &[(&'static str, &'static str)]| detect(&memory(files), &[]).install.map(|step| step.command);
    assert_eq!(
        install(&[("mkdocs.yml", ""), ("requirements.txt", "")]).as_deref(),
        Some("pip install -r requirements.txt")
    );
    assert_eq!(install(&[("_config.yml", ""), ("Gemfile", "jekyll")]).as_deref(), Some("bundle install"));
    assert_eq!(install(&[("book.toml", "")]), None);
    let both = install(&[("_config.yml", ""), ("Gemfile", "jekyll"), ("package.json", "{}"), ("yarn.lock", "")]);
    assert_eq!(both.as_deref(), Some("bundle install && yarn install --frozen-lockfile"));
}

#[test]
fn it_says_what_it_found_and_why() {
    let files = [
        ("package.json", r#"{"devDependencies": {"vite": "7"}, "scripts": {"build": "vite build"}}"#),
        ("vite.config.ts", "export default { build: { outDir: 'out' } }"),
        ("pnpm-lock.yaml", ""),
    ];
    let found = detect(&memory(&files), &[]);
    assert_eq!(found.framework.expect("known").why, "`vite` in package.json");
    let why = "`build.outDir` in vite.config.ts".to_owned();
    assert_eq!(found.output, Some(Output::Folder { path: "out".to_owned(), why }));
    assert_eq!(found.build.expect("a build").why, "script `build` in package.json, pnpm-lock.yaml");
    assert_eq!(found.install.expect("an install").why, "pnpm-lock.yaml");
    assert_eq!(found.package_manager, Some(PackageManager::Pnpm));
}

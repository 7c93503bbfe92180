//! Where builds put sites: the usual way, by a setting or an option, and the ways of single frameworks.

use serde_json::Value as Json;

use super::configuration::{self, Language, Setting, has_pair, has_word};
use super::script::{self, Value};
use super::{OUTPUT_FOLDERS, Output, Project, Tree};

/// How the folder of a site is found.
pub(super) enum Where {
    /// An option of the command, else a setting in a file, else the usual folder.
    Setting {
        usual: &'static str,
        files: &'static [(&'static str, Language)],
        key: &'static str,
        options: &'static [&'static str],
    },
    /// A way of its own.
    Special(fn(&Project<'_>) -> Output),
}

impl Where {
    /// The folder of a project's site. `program` is what the build starts.
    pub(super) fn find(&self, project: &Project<'_>, framework: &str, program: &str) -> Output {
        match self {
            Where::Special(find) => find(project),
            Where::Setting { usual, files, key, options } => {
                option(project, program, options, ".").unwrap_or_else(|| setting(project, files, key, usual, framework))
            }
        }
    }
}

fn folder(path: impl Into<String>, why: impl Into<String>) -> Output {
    Output::Folder { path: normal(&path.into()), why: why.into() }
}

fn unclear(key: &str, file: &str) -> Output {
    Output::Unclear { why: format!("`{key}` in {file} is computed there") }
}

/// `./a//b/../c/` as `a/c`; what leads out stays.
fn normal(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        if part == ".." && parts.last().is_some_and(|last| *last != "..") {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    match (path.starts_with('/'), parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}

/// An output folder of the command line; it is relative to `base`.
fn option(project: &Project<'_>, program: &str, options: &[&str], base: &str) -> Option<Output> {
    let build = project.build.as_deref()?;
    match script::option(build, program, options) {
        Value::Absent => None,
        Value::Text(path) => Some(folder(under(base, &path), format!("`{build}`"))),
        Value::Unclear => Some(Output::Unclear { why: format!("its folder in `{build}` is computed") }),
    }
}

fn setting(project: &Project<'_>, files: &[(&str, Language)], key: &str, usual: &str, framework: &str) -> Output {
    match configuration::read(project.tree, files, key) {
        (Setting::Text(path), file) => folder(path, format!("`{key}` in {file}")),
        (Setting::Unclear, file) => unclear(key, file),
        (Setting::Absent, _) => usually(usual, framework),
    }
}

fn usually(path: impl Into<String>, framework: &str) -> Output {
    folder(path, format!("usual for {framework}"))
}

fn under(base: &str, path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("{base}/{path}") }
}

/// The first of the files `stem.js`, `stem.ts` and so on, with its text.
fn script_file(project: &Project<'_>, stem: &str) -> Option<(String, String)> {
    ["js", "ts", "mjs", "mts", "cjs", "cts"].iter().find_map(|ending| {
        let file = format!("{stem}.{ending}");
        Some((project.tree.text(&file)?, file))
    })
}

/// A key in a configuration file of JavaScript, with the file's name.
fn script_setting(project: &Project<'_>, stem: &str, key: &str) -> (Setting, String) {
    match script_file(project, stem) {
        Some((_, file)) => (configuration::read(project.tree, &[(&file, Language::Script)], key).0, file),
        None => (Setting::Absent, String::new()),
    }
}

pub(super) fn vite(project: &Project<'_>) -> Output {
    let root = match script_setting(project, "vite.config", "root") {
        (Setting::Unclear, file) => return unclear("root", &file),
        (Setting::Text(root), _) => root,
        (Setting::Absent, _) => project
            .build
            .as_deref()
            .and_then(|build| script::operand(build, "vite", "build"))
            .unwrap_or_else(|| ".".to_owned()),
    };
    if let Some(output) = option(project, "vite", &["--outDir"], &root) {
        return output;
    }
    match script_setting(project, "vite.config", "build.outDir") {
        (Setting::Text(path), file) => folder(under(&root, &path), format!("`build.outDir` in {file}")),
        (Setting::Unclear, file) => unclear("build.outDir", &file),
        (Setting::Absent, _) => usually(under(&root, "dist"), "Vite"),
    }
}

/// The folder of the documents of VitePress or VuePress: named by the script, else where its own folder lies.
fn documents(project: &Project<'_>, program: &str, own: &str) -> String {
    let named = project.build.as_deref().and_then(|build| script::operand(build, program, "build"));
    let usual = || ["docs", "doc", "."].into_iter().find(|base| project.tree.has(&normal(&format!("{base}/{own}"))));
    named.or_else(|| usual().map(str::to_owned)).unwrap_or_else(|| ".".to_owned())
}

fn documents_output(project: &Project<'_>, framework: &str, program: &str, key: &str, from_base: bool) -> Output {
    let own = format!(".{program}");
    let base = normal(&documents(project, program, &own));
    let stem = normal(&format!("{base}/{own}/config"));
    match script_setting(project, &stem, key) {
        (Setting::Text(path), file) => {
            folder(if from_base { under(&base, &path) } else { path }, format!("`{key}` in {file}"))
        }
        (Setting::Unclear, file) => unclear(key, &file),
        (Setting::Absent, _) => usually(format!("{base}/{own}/dist"), framework),
    }
}

pub(super) fn vitepress_words(project: &Project<'_>) -> String {
    format!("build {}", documents(project, "vitepress", ".vitepress"))
}

pub(super) fn vitepress(project: &Project<'_>) -> Output {
    let base = documents(project, "vitepress", ".vitepress");
    option(project, "vitepress", &["--outDir"], &base)
        .unwrap_or_else(|| documents_output(project, "VitePress", "vitepress", "outDir", true))
}

pub(super) fn vuepress_words(project: &Project<'_>) -> String {
    format!("build {}", documents(project, "vuepress", ".vuepress"))
}

pub(super) fn vuepress(project: &Project<'_>) -> Output {
    option(project, "vuepress", &["--dest", "-d"], ".")
        .unwrap_or_else(|| documents_output(project, "VuePress", "vuepress", "dest", false))
}

pub(super) fn sveltekit(project: &Project<'_>) -> Output {
    let has_adapter = project.package.is_some_and(|package| package.dependency("@sveltejs/adapter-static").is_some());
    let Some((text, file)) = script_file(project, "svelte.config").filter(|_| has_adapter) else {
        return Output::NotStatic {
            why: "`@sveltejs/adapter-static` is not in package.json".to_owned(),
            fix: "add @sveltejs/adapter-static, name it as `adapter` in svelte.config.js, and export `prerender = true`",
        };
    };
    if !has_word(&text, "@sveltejs/adapter-static") {
        return Output::NotStatic {
            why: format!("{file} does not use `@sveltejs/adapter-static`"),
            fix: "name it as `adapter` in svelte.config.js",
        };
    }
    // The adapter's options stand in a call, `kit: { adapter: adapter({ pages: "x" }) }`.
    match configuration::read(project.tree, &[(&file, Language::Script)], "kit.pages").0 {
        Setting::Text(path) => folder(path, format!("`pages` in {file}")),
        Setting::Absent if !has_word(&text, "pages") => usually("build", "SvelteKit"),
        Setting::Absent | Setting::Unclear => unclear("pages", &file),
    }
}

pub(super) fn astro(project: &Project<'_>) -> Output {
    match script_setting(project, "astro.config", "output") {
        (Setting::Text(mode), file) if mode == "server" => {
            return Output::NotStatic {
                why: format!("`output` in {file} is `server`"),
                fix: "leave `output` out of astro.config, or set it to 'static'",
            };
        }
        (Setting::Unclear, file) => return unclear("output", &file),
        _ => {}
    }
    if let Some(output) = option(project, "astro", &["--outDir"], ".") {
        return output;
    }
    match script_setting(project, "astro.config", "outDir") {
        (Setting::Text(path), file) => folder(path, format!("`outDir` in {file}")),
        (Setting::Unclear, file) => unclear("outDir", &file),
        (Setting::Absent, _) => usually("dist", "Astro"),
    }
}

pub(super) fn next(project: &Project<'_>) -> Output {
    // Before version 14 a command of its own made the files.
    if project.build.as_deref().is_some_and(|build| build.contains("next export")) {
        return option(project, "next", &["-o", "--outdir"], ".")
            .unwrap_or_else(|| folder("out", "`next export` in the build script"));
    }
    match script_setting(project, "next.config", "output") {
        (Setting::Text(mode), file) if mode == "export" => match script_setting(project, "next.config", "distDir") {
            (Setting::Text(path), _) => folder(path, format!("`distDir` in {file}")),
            (Setting::Unclear, _) => unclear("distDir", &file),
            (Setting::Absent, _) => folder("out", format!("`output` in {file} is `export`")),
        },
        (Setting::Unclear, file) => unclear("output", &file),
        _ => Output::NotStatic {
            why: "`output` in next.config is not `export`".to_owned(),
            fix: "set `output: 'export'` in next.config",
        },
    }
}

pub(super) fn nuxt(project: &Project<'_>) -> Output {
    let is_old = project.package.and_then(|package| package.major("nuxt")) == Some(2);
    if is_old {
        return match script_setting(project, "nuxt.config", "generate.dir") {
            (Setting::Text(path), file) => folder(path, format!("`generate.dir` in {file}")),
            (Setting::Unclear, file) => unclear("generate.dir", &file),
            (Setting::Absent, _) => usually("dist", "Nuxt 2"),
        };
    }
    match script_setting(project, "nuxt.config", "nitro.output.publicDir") {
        (Setting::Text(path), file) => folder(path, format!("`nitro.output.publicDir` in {file}")),
        (Setting::Unclear, file) => unclear("nitro.output.publicDir", &file),
        (Setting::Absent, _) => usually(".output/public", "Nuxt"),
    }
}

pub(super) fn angular(project: &Project<'_>) -> Output {
    const FILE: &str = "angular.json";
    if let Some(output) = option(project, "ng", &["--output-path"], ".") {
        return output;
    }
    let text = project.tree.text(FILE).unwrap_or_default();
    let workspace: Json = serde_json::from_str(&text).unwrap_or_default();
    let projects = workspace["projects"].as_object();
    let applications: Vec<(&String, &Json)> =
        projects.into_iter().flatten().filter(|(_, project)| project["projectType"] == "application").collect();
    let named = workspace["defaultProject"].as_str();
    let chosen = applications.iter().find(|(name, _)| named == Some(name)).or(match applications.as_slice() {
        [only] => Some(only),
        _ => None,
    });
    let Some((name, chosen)) = chosen else {
        return Output::Unclear { why: format!("{FILE} has {} applications", applications.len()) };
    };
    // Older workspaces say `architect`, and both are read.
    let build =
        [&chosen["architect"]["build"], &chosen["targets"]["build"]].into_iter().find(|build| build.is_object());
    let Some(build) = build else { return Output::Unclear { why: format!("`{name}` in {FILE} has no build") } };
    // The newer builder puts what browsers get into a folder of its own.
    let splits = build["builder"].as_str().is_some_and(|builder| builder.ends_with(":application"));
    let path = &build["options"]["outputPath"];
    let why = format!("`outputPath` of `{name}` in {FILE}");
    match (path, splits) {
        (Json::String(path), true) => folder(format!("{path}/browser"), why),
        (Json::String(path), false) => folder(path.clone(), why),
        (Json::Object(path), true) if path.get("base").is_some_and(Json::is_string) => {
            let part = |key: &str| path.get(key).and_then(Json::as_str);
            folder(format!("{}/{}", part("base").unwrap_or_default(), part("browser").unwrap_or("browser")), why)
        }
        (Json::Null, true) => usually(format!("dist/{name}/browser"), "Angular"),
        _ => unclear("outputPath", FILE),
    }
}

pub(super) fn react_router(project: &Project<'_>) -> Output {
    let Some((text, file)) =
        script_file(project, "react-router.config").filter(|(text, _)| has_pair(text, "ssr", "false"))
    else {
        return Output::NotStatic {
            why: "react-router.config does not say `ssr: false`".to_owned(),
            fix: "set `ssr: false` in react-router.config",
        };
    };
    if has_word(&text, "buildDirectory") {
        return match configuration::read(project.tree, &[(&file, Language::Script)], "buildDirectory").0 {
            Setting::Text(path) => folder(format!("{path}/client"), format!("`buildDirectory` in {file}")),
            _ => unclear("buildDirectory", &file),
        };
    }
    usually("build/client", "React Router")
}

pub(super) fn remix(project: &Project<'_>) -> Output {
    match script_file(project, "vite.config") {
        Some((text, file)) if has_pair(&text, "ssr", "false") => {
            if has_word(&text, "buildDirectory") {
                unclear("buildDirectory", &file)
            } else {
                usually("build/client", "Remix")
            }
        }
        _ => Output::NotStatic {
            why: "vite.config does not say `ssr: false`".to_owned(),
            fix: "set `ssr: false` for Remix in vite.config",
        },
    }
}

pub(super) fn solid_start(project: &Project<'_>) -> Output {
    match script_setting(project, "app.config", "server.preset") {
        (Setting::Text(preset), _) if preset == "static" => usually(".output/public", "SolidStart"),
        _ => Output::NotStatic {
            why: "app.config does not say `server: { preset: \"static\" }`".to_owned(),
            fix: "set `server: { preset: \"static\" }` in app.config",
        },
    }
}

pub(super) fn create_react_app(project: &Project<'_>) -> Output {
    let build = project.build.as_deref().unwrap_or_default();
    let named = build.split_whitespace().find_map(|word| word.strip_prefix("BUILD_PATH="));
    match named.map(|path| path.trim_matches(['"', '\''])) {
        Some(path) if path.contains('$') => Output::Unclear { why: format!("BUILD_PATH in `{build}` is computed") },
        Some(path) => folder(path, format!("BUILD_PATH in `{build}`")),
        None => usually("build", "Create React App"),
    }
}

pub(super) fn eleventy(project: &Project<'_>) -> Output {
    if let Some(output) = option(project, "eleventy", &["--output"], ".") {
        return output;
    }
    let files =
        [".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts"];
    let Some((file, text)) = files.iter().find_map(|file| Some((*file, project.tree.text(file)?))) else {
        return usually("_site", "Eleventy");
    };
    match configuration::call(&text, "setOutputDirectory") {
        Setting::Text(path) => return folder(path, format!("`setOutputDirectory` in {file}")),
        Setting::Unclear => return unclear("setOutputDirectory", file),
        Setting::Absent => {}
    }
    setting(project, &[(file, Language::Script)], "dir.output", "_site", "Eleventy")
}

pub(super) fn mdbook(project: &Project<'_>) -> Output {
    const FILES: &[(&str, Language)] = &[("book.toml", Language::Toml)];
    let output = option(project, "mdbook", &["--dest-dir", "-d"], ".")
        .unwrap_or_else(|| setting(project, FILES, "build.build-dir", "book", "mdBook"));
    let text = project.tree.text("book.toml").unwrap_or_default();
    let is_other = |line: &str| {
        let renderer = line.trim().strip_prefix("[output.").and_then(|rest| rest.split([']', '.']).next());
        renderer.is_some_and(|renderer| renderer != "html")
    };
    match output {
        // With a second renderer each gets a folder of its own.
        Output::Folder { path, why } if text.lines().any(is_other) => folder(format!("{path}/html"), why),
        output => output,
    }
}

/// The folder of `conf.py`, and where the documents are put by the Makefile that comes with it.
fn sphinx_folders(project: &Project<'_>) -> (&'static str, &'static str) {
    let places = [
        ("docs/source", "docs/build/html"),
        ("docs", "docs/_build/html"),
        ("source", "build/html"),
        (".", "_build/html"),
    ];
    let here = places.into_iter().find(|(source, _)| project.tree.has(&normal(&format!("{source}/conf.py"))));
    here.unwrap_or((".", "_build/html"))
}

pub(super) fn sphinx_words(project: &Project<'_>) -> String {
    let (source, output) = sphinx_folders(project);
    format!("-b html {source} {output}")
}

pub(super) fn sphinx(project: &Project<'_>) -> Output {
    usually(sphinx_folders(project).1, "Sphinx")
}

/// A folder that holds a finished site beside the pages it was made of, else the pages themselves.
pub(super) fn plain(project: &Project<'_>) -> Output {
    finished(project.tree).unwrap_or_else(|| folder(".", "index.html"))
}

/// A folder that tools usually write a site to, when one with an `index.html` is there.
pub(super) fn finished(tree: &dyn Tree) -> Option<Output> {
    let pages = OUTPUT_FOLDERS.iter().map(|name| (name, format!("{name}/index.html")));
    let mut pages = pages.filter(|(_, page)| tree.has(page));
    pages.next().map(|(name, page)| folder(*name, page))
}

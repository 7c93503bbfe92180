//! The table of frameworks, one row each, the most specific first: Astro is built with Vite, and is no Vite project.
//!
//! To teach the tool another framework, add a row here and a case to `tests.rs`.

use super::configuration::Language::{self, Json, Script, Toml, Yaml};
use super::package::{Installer, Package};
use super::places::{self, Where};
use super::{Output, Project, Step, Tree};

/// One framework or generator.
pub(super) struct Framework {
    /// Its name as its makers write it.
    pub(super) name: &'static str,
    /// Any of them is enough.
    signs: &'static [Sign],
    /// The scripts of `package.json` that build a site with it, best first.
    pub(super) scripts: &'static [&'static str],
    /// Its own command, where no script builds.
    pub(super) command: Option<Command>,
    /// Whether its program comes from `node_modules`.
    pub(super) needs_packages: bool,
    /// Where it puts the site.
    output: Where,
}

/// What tells that a project uses a framework.
enum Sign {
    /// `package.json` depends on it.
    Package(&'static str),
    /// The file or folder is there.
    Path(&'static str),
    /// The file is not there.
    Missing(&'static str),
    /// The file is there and holds the text, in any case.
    Text(&'static str, &'static str),
    /// All of them.
    All(&'static [Sign]),
}

/// A framework's own command.
#[derive(Clone, Copy)]
pub(super) enum Command {
    /// The same for every project.
    Plain(&'static str),
    /// Its program, and the words that follow.
    Made(&'static str, fn(&Project<'_>) -> String),
}

impl Command {
    /// The name of the program.
    pub(super) fn program(self) -> &'static str {
        match self {
            Command::Plain(text) => text.split(' ').next().unwrap_or(text),
            Command::Made(program, _) => program,
        }
    }

    pub(super) fn text(self, project: &Project<'_>) -> String {
        match self {
            Command::Plain(text) => text.to_owned(),
            Command::Made(program, words) => format!("{program} {}", words(project)),
        }
    }
}

impl Framework {
    /// Why a project is one of this framework, if it is.
    pub(super) fn sign(&self, tree: &dyn Tree, package: Option<&Package>) -> Option<String> {
        self.signs.iter().find_map(|sign| sign.told(tree, package))
    }

    /// Where this project's site will be.
    pub(super) fn output(&self, project: &Project<'_>) -> Output {
        let program = self.command.map_or("", Command::program);
        self.output.find(project, self.name, program)
    }

    /// The command of a program that no package manager of JavaScript installs.
    pub(super) fn plain_step(&self, tree: &dyn Tree, text: &str) -> Step {
        let is_bundled = self.name == "Jekyll" && tree.has("Gemfile");
        let command = if is_bundled { format!("bundle exec {text}") } else { text.to_owned() };
        Step { command, why: format!("the command of {}", self.name) }
    }

    /// What installs the framework and what a project needs beside it.
    pub(super) fn installs(&self, tree: &dyn Tree, installer: Option<&Installer>) -> Option<Step> {
        let packages = installer.map(Installer::install);
        if self.needs_packages {
            return packages;
        }
        let other = |command: &str, file: &str| {
            tree.has(file).then(|| Step { command: command.to_owned(), why: file.to_owned() })
        };
        let own =
            other("bundle install", "Gemfile").or_else(|| other("pip install -r requirements.txt", "requirements.txt"));
        match (own, packages) {
            (Some(own), Some(packages)) => Some(Step {
                command: format!("{} && {}", own.command, packages.command),
                why: format!("{} and {}", own.why, packages.why),
            }),
            (own, packages) => own.or(packages),
        }
    }
}

impl Sign {
    fn told(&self, tree: &dyn Tree, package: Option<&Package>) -> Option<String> {
        match self {
            Sign::Package(name) => {
                package.and_then(|package| package.dependency(name)).map(|_| format!("`{name}` in package.json"))
            }
            Sign::Path(path) => tree.has(path).then(|| (*path).to_owned()),
            Sign::Missing(path) => (!tree.has(path)).then(|| format!("no {path}")),
            Sign::Text(path, text) => {
                let holds = tree.text(path)?.to_lowercase().contains(&text.to_lowercase());
                holds.then(|| format!("`{text}` in {path}"))
            }
            Sign::All(signs) => {
                let told: Option<Vec<String>> = signs.iter().map(|sign| sign.told(tree, package)).collect();
                told.map(|told| told.join(" and "))
            }
        }
    }
}

/// A framework of packages with its usual script.
const fn packaged(name: &'static str, signs: &'static [Sign], command: &'static str, output: Where) -> Framework {
    Framework { name, signs, scripts: &["build"], command: Some(Command::Plain(command)), needs_packages: true, output }
}

/// A generator that is one program.
const fn program(name: &'static str, signs: &'static [Sign], command: &'static str, output: Where) -> Framework {
    Framework {
        name,
        signs,
        scripts: &["build"],
        command: Some(Command::Plain(command)),
        needs_packages: false,
        output,
    }
}

/// Always the same folder.
const fn always(folder: &'static str) -> Where {
    Where::Setting { usual: folder, files: &[], key: "", options: &[] }
}

type Files = &'static [(&'static str, Language)];

const VUE: Files = &[("vue.config.js", Script), ("vue.config.ts", Script), ("vue.config.cjs", Script)];
const RSBUILD: Files = &[("rsbuild.config.ts", Script), ("rsbuild.config.js", Script), ("rsbuild.config.mjs", Script)];
const HUGO: Files = &[
    ("hugo.toml", Toml),
    ("hugo.yaml", Yaml),
    ("hugo.yml", Yaml),
    ("hugo.json", Json),
    ("config.toml", Toml),
    ("config.yaml", Yaml),
    ("config.yml", Yaml),
    ("config.json", Json),
    ("config/_default/hugo.toml", Toml),
    ("config/_default/hugo.yaml", Yaml),
    ("config/_default/config.toml", Toml),
    ("config/_default/config.yaml", Yaml),
];

/// Every framework.
pub(super) static FRAMEWORKS: &[Framework] = &[
    packaged(
        "Docusaurus",
        &[Sign::Package("@docusaurus/core")],
        "docusaurus build",
        Where::Setting { usual: "build", files: &[], key: "", options: &["--out-dir"] },
    ),
    Framework {
        name: "VitePress",
        // Beside the page of an application its documents are not the site.
        signs: &[Sign::All(&[Sign::Package("vitepress"), Sign::Missing("index.html")])],
        scripts: &["docs:build", "build"],
        command: Some(Command::Made("vitepress", places::vitepress_words)),
        needs_packages: true,
        output: Where::Special(places::vitepress),
    },
    Framework {
        name: "VuePress",
        signs: &[
            Sign::All(&[Sign::Package("vuepress"), Sign::Missing("index.html")]),
            Sign::All(&[Sign::Package("@vuepress/cli"), Sign::Missing("index.html")]),
        ],
        scripts: &["docs:build", "build"],
        command: Some(Command::Made("vuepress", places::vuepress_words)),
        needs_packages: true,
        output: Where::Special(places::vuepress),
    },
    packaged("Astro", &[Sign::Package("astro")], "astro build", Where::Special(places::astro)),
    packaged("SvelteKit", &[Sign::Package("@sveltejs/kit")], "vite build", Where::Special(places::sveltekit)),
    packaged("Next.js", &[Sign::Package("next")], "next build", Where::Special(places::next)),
    Framework {
        name: "Nuxt",
        signs: &[Sign::Package("nuxt"), Sign::Package("nuxt3")],
        scripts: &["generate"],
        command: Some(Command::Plain("nuxt generate")),
        needs_packages: true,
        output: Where::Special(places::nuxt),
    },
    packaged("Gatsby", &[Sign::Package("gatsby")], "gatsby build", always("public")),
    packaged(
        "Angular",
        &[Sign::All(&[Sign::Package("@angular/core"), Sign::Path("angular.json")])],
        "ng build",
        Where::Special(places::angular),
    ),
    packaged(
        "React Router",
        &[Sign::Package("@react-router/dev")],
        "react-router build",
        Where::Special(places::react_router),
    ),
    packaged("Remix", &[Sign::Package("@remix-run/dev")], "remix vite:build", Where::Special(places::remix)),
    packaged("SolidStart", &[Sign::Package("@solidjs/start")], "vinxi build", Where::Special(places::solid_start)),
    packaged(
        "Create React App",
        &[Sign::Package("react-scripts")],
        "react-scripts build",
        Where::Special(places::create_react_app),
    ),
    packaged(
        "Vue CLI",
        &[Sign::Package("@vue/cli-service")],
        "vue-cli-service build",
        Where::Setting { usual: "dist", files: VUE, key: "outputDir", options: &["--dest"] },
    ),
    packaged("Eleventy", &[Sign::Package("@11ty/eleventy")], "eleventy", Where::Special(places::eleventy)),
    packaged(
        "Hexo",
        &[Sign::Package("hexo")],
        "hexo generate",
        Where::Setting { usual: "public", files: &[("_config.yml", Yaml)], key: "public_dir", options: &[] },
    ),
    packaged(
        "Slidev",
        &[Sign::Package("@slidev/cli")],
        "slidev build",
        Where::Setting { usual: "dist", files: &[], key: "", options: &["--out", "-o"] },
    ),
    packaged(
        "Rspress",
        &[Sign::Package("rspress"), Sign::Package("@rspress/core")],
        "rspress build",
        Where::Setting {
            usual: "doc_build",
            files: &[("rspress.config.ts", Script), ("rspress.config.js", Script), ("rspress.config.mjs", Script)],
            key: "outDir",
            options: &[],
        },
    ),
    packaged(
        "Rsbuild",
        &[Sign::Package("@rsbuild/core")],
        "rsbuild build",
        Where::Setting { usual: "dist", files: RSBUILD, key: "output.distPath.root", options: &[] },
    ),
    packaged(
        "Ember",
        &[Sign::Package("ember-cli")],
        "ember build --environment=production",
        Where::Setting { usual: "dist", files: &[], key: "", options: &["--output-path", "-o"] },
    ),
    packaged("Gridsome", &[Sign::Package("gridsome")], "gridsome build", always("dist")),
    packaged(
        "Vite",
        &[Sign::Package("vite"), Sign::Package("rolldown-vite")],
        "vite build",
        Where::Special(places::vite),
    ),
    packaged(
        "Parcel",
        &[Sign::Package("parcel")],
        "parcel build",
        Where::Setting { usual: "dist", files: &[], key: "", options: &["--dist-dir"] },
    ),
    packaged(
        "Svelte with Rollup",
        &[Sign::All(&[Sign::Package("svelte"), Sign::Package("rollup")])],
        "rollup -c",
        always("public"),
    ),
    program(
        "Hugo",
        &[
            Sign::Path("hugo.toml"),
            Sign::Path("hugo.yaml"),
            Sign::Path("hugo.yml"),
            Sign::Path("hugo.json"),
            Sign::Path("config/_default/hugo.toml"),
            Sign::Path("config/_default/hugo.yaml"),
            Sign::All(&[Sign::Text("config.toml", "baseURL"), Sign::Path("content")]),
            Sign::All(&[Sign::Text("config.yaml", "baseURL"), Sign::Path("content")]),
            Sign::All(&[Sign::Text("config.yml", "baseURL"), Sign::Path("content")]),
            Sign::All(&[Sign::Text("config.json", "baseURL"), Sign::Path("content")]),
            Sign::Text("config/_default/config.toml", "baseURL"),
            Sign::Text("config/_default/config.yaml", "baseURL"),
        ],
        "hugo",
        Where::Setting { usual: "public", files: HUGO, key: "publishDir", options: &["--destination", "-d"] },
    ),
    program(
        "Zola",
        &[
            Sign::All(&[Sign::Text("config.toml", "base_url"), Sign::Path("content")]),
            Sign::All(&[Sign::Text("config.toml", "base_url"), Sign::Path("templates")]),
            Sign::Path("zola.toml"),
        ],
        "zola build",
        Where::Setting {
            usual: "public",
            files: &[("config.toml", Toml), ("zola.toml", Toml)],
            key: "output_dir",
            options: &["--output-dir", "-o"],
        },
    ),
    program(
        "Jekyll",
        &[
            Sign::All(&[Sign::Path("_config.yml"), Sign::Text("Gemfile", "jekyll")]),
            Sign::All(&[Sign::Path("_config.yml"), Sign::Text("Gemfile", "github-pages")]),
            Sign::All(&[Sign::Path("_config.yml"), Sign::Path("_posts")]),
            Sign::All(&[Sign::Path("_config.yml"), Sign::Path("_layouts")]),
        ],
        "jekyll build",
        Where::Setting {
            usual: "_site",
            files: &[("_config.yml", Yaml)],
            key: "destination",
            options: &["--destination", "-d"],
        },
    ),
    program(
        "MkDocs",
        &[Sign::Path("mkdocs.yml"), Sign::Path("mkdocs.yaml")],
        "mkdocs build",
        Where::Setting {
            usual: "site",
            files: &[("mkdocs.yml", Yaml), ("mkdocs.yaml", Yaml)],
            key: "site_dir",
            options: &["--site-dir", "-d"],
        },
    ),
    program("mdBook", &[Sign::Path("book.toml")], "mdbook build", Where::Special(places::mdbook)),
    Framework {
        name: "Sphinx",
        signs: &[
            Sign::Text("conf.py", "html_theme"),
            Sign::Text("source/conf.py", "html_theme"),
            Sign::Text("docs/conf.py", "html_theme"),
            Sign::Text("docs/source/conf.py", "html_theme"),
        ],
        scripts: &[],
        command: Some(Command::Made("sphinx-build", places::sphinx_words)),
        needs_packages: false,
        output: Where::Special(places::sphinx),
    },
    program(
        "Pelican",
        &[Sign::Path("pelicanconf.py")],
        "pelican content",
        Where::Setting {
            usual: "output",
            files: &[("pelicanconf.py", Toml)],
            key: "OUTPUT_PATH",
            options: &["--output", "-o"],
        },
    ),
    program(
        "Trunk",
        &[Sign::Path("Trunk.toml")],
        "trunk build --release",
        Where::Setting { usual: "dist", files: &[("Trunk.toml", Toml)], key: "build.dist", options: &["--dist", "-d"] },
    ),
    Framework {
        name: "plain HTML",
        signs: &[Sign::All(&[Sign::Path("index.html"), Sign::Missing("package.json")])],
        scripts: &[],
        command: None,
        needs_packages: false,
        output: Where::Special(places::plain),
    },
];

//! Projects as trees in memory: what is found in each.

mod installing;

use std::collections::BTreeMap;

use super::*;

struct Memory(BTreeMap<&'static str, &'static str>);

impl Tree for Memory {
    fn has(&self, path: &str) -> bool {
        self.0.keys().any(|file| *file == path || file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    fn text(&self, path: &str) -> Option<String> {
        self.0.get(path).map(|text| (*text).to_owned())
    }
}

fn memory(files: &[(&'static str, &'static str)]) -> Memory {
    Memory(files.iter().copied().collect())
}

fn told(files: &[(&'static str, &'static str)]) -> [String; 3] {
    let found = detect(&memory(files), &[]);
    let output = match &found.output {
        None => "-".to_owned(),
        Some(Output::Folder { path, .. }) => path.clone(),
        Some(Output::Unclear { why }) => format!("? {why}"),
        Some(Output::NotStatic { why, .. }) => format!("! {why}"),
    };
    let build = found.build.map_or("-".to_owned(), |step| step.command);
    [found.framework.map_or("-", |known| known.name).to_owned(), output, build]
}

type Case = (&'static [(&'static str, &'static str)], [&'static str; 3]);

const CASES: &[Case] = &[
    // The usual folders.
    (
        &[("package.json", r#"{"devDependencies": {"vite": "^7"}, "scripts": {"build": "tsc -b && vite build"}}"#)],
        ["Vite", "dist", "npm run build"],
    ),
    (
        &[("package.json", r#"{"dependencies": {"astro": "5"}, "devDependencies": {"vite": "7"}}"#)],
        ["Astro", "dist", "npx --no-install astro build"],
    ),
    (
        &[("package.json", r#"{"dependencies": {"react-scripts": "5"}, "scripts": {"build": "react-scripts build"}}"#)],
        ["Create React App", "build", "npm run build"],
    ),
    (
        &[("package.json", r#"{"devDependencies": {"@vue/cli-service": "5"}}"#)],
        ["Vue CLI", "dist", "npx --no-install vue-cli-service build"],
    ),
    (
        &[(
            "package.json",
            r#"{"devDependencies": {"svelte": "3", "rollup": "2"}, "scripts": {"build": "rollup -c"}}"#,
        )],
        ["Svelte with Rollup", "public", "npm run build"],
    ),
    (
        &[("package.json", r#"{"dependencies": {"gatsby": "5"}, "scripts": {"build": "gatsby build"}}"#)],
        ["Gatsby", "public", "npm run build"],
    ),
    (
        &[(
            "package.json",
            r#"{"dependencies": {"@docusaurus/core": "3", "react": "19"}, "scripts": {"build": "docusaurus build"}}"#,
        )],
        ["Docusaurus", "build", "npm run build"],
    ),
    (
        &[(
            "package.json",
            r#"{"dependencies": {"@docusaurus/core": "3"}, "scripts": {"build": "docusaurus build --out-dir ../out"}}"#,
        )],
        ["Docusaurus", "../out", "npm run build"],
    ),
    (
        &[("package.json", r#"{"devDependencies": {"hexo": "7"}}"#), ("_config.yml", "public_dir: out\n")],
        ["Hexo", "out", "npx --no-install hexo generate"],
    ),
    (
        &[(
            "package.json",
            r#"{"dependencies": {"@slidev/cli": "51"}, "scripts": {"build": "slidev build --out talk"}}"#,
        )],
        ["Slidev", "talk", "npm run build"],
    ),
    (
        &[("package.json", r#"{"devDependencies": {"rspress": "1"}}"#)],
        ["Rspress", "doc_build", "npx --no-install rspress build"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"@rsbuild/core": "1"}}"#),
            ("rsbuild.config.ts", "export default { output: { distPath: { root: 'site' } } }"),
        ],
        ["Rsbuild", "site", "npx --no-install rsbuild build"],
    ),
    (
        &[("package.json", r#"{"devDependencies": {"ember-cli": "6"}, "scripts": {"build": "ember build"}}"#)],
        ["Ember", "dist", "npm run build"],
    ),
    (
        &[("package.json", r#"{"dependencies": {"gridsome": "0.7"}}"#)],
        ["Gridsome", "dist", "npx --no-install gridsome build"],
    ),
    (
        &[(
            "package.json",
            r#"{"devDependencies": {"parcel": "2"}, "scripts": {"build": "parcel build src/index.html --dist-dir web"}}"#,
        )],
        ["Parcel", "web", "npm run build"],
    ),
    // Vite with settings.
    (
        &[
            ("package.json", r#"{"devDependencies": {"vite": "7"}}"#),
            ("vite.config.ts", "export default defineConfig({ root: 'web', build: { outDir: '../public_html' } })"),
        ],
        ["Vite", "public_html", "npx --no-install vite build"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"vite": "7"}}"#),
            ("vite.config.js", "export default { root: 'src' }"),
        ],
        ["Vite", "src/dist", "npx --no-install vite build"],
    ),
    (
        &[("package.json", r#"{"devDependencies": {"vite": "7"}, "scripts": {"build": "vite build --outDir build"}}"#)],
        ["Vite", "build", "npm run build"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"vite": "7"}}"#),
            ("vite.config.js", "export default { build: { outDir: process.env.OUT } }"),
        ],
        ["Vite", "? `build.outDir` in vite.config.js is computed there", "npx --no-install vite build"],
    ),
    (
        &[
            ("package.json", r#"{"dependencies": {"astro": "5"}}"#),
            ("astro.config.mjs", "export default defineConfig({ outDir: './out', vite: { build: { outDir: 'x' } } })"),
        ],
        ["Astro", "out", "npx --no-install astro build"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"@vue/cli-service": "5"}}"#),
            ("vue.config.js", "module.exports = { outputDir: 'www' }"),
        ],
        ["Vue CLI", "www", "npx --no-install vue-cli-service build"],
    ),
    (
        &[
            ("package.json", r#"{"dependencies": {"astro": "5"}}"#),
            ("astro.config.ts", "export default { output: 'server' }"),
        ],
        ["Astro", "! `output` in astro.config.ts is `server`", "npx --no-install astro build"],
    ),
    // Those that make a program unless they are told otherwise.
    (
        &[
            ("package.json", r#"{"dependencies": {"next": "15"}}"#),
            ("next.config.mjs", "export default { output: 'export' }"),
        ],
        ["Next.js", "out", "npx --no-install next build"],
    ),
    (
        &[
            ("package.json", r#"{"dependencies": {"next": "15"}}"#),
            ("next.config.ts", "const c = { output: 'export', distDir: 'site' }; export default c"),
        ],
        ["Next.js", "site", "npx --no-install next build"],
    ),
    (
        &[(
            "package.json",
            r#"{"dependencies": {"next": "13"}, "scripts": {"build": "next build && next export -o web"}}"#,
        )],
        ["Next.js", "web", "npm run build"],
    ),
    (
        &[
            ("package.json", r#"{"dependencies": {"next": "15"}}"#),
            ("next.config.js", "module.exports = { output: 'standalone' }"),
        ],
        ["Next.js", "! `output` in next.config is not `export`", "npx --no-install next build"],
    ),
    (
        &[(
            "package.json",
            r#"{"dependencies": {"nuxt": "^4.0.0"}, "scripts": {"build": "nuxt build", "generate": "nuxt generate"}}"#,
        )],
        ["Nuxt", ".output/public", "npm run generate"],
    ),
    (
        &[("package.json", r#"{"dependencies": {"nuxt": "^2.15.0"}, "scripts": {"generate": "nuxt generate"}}"#)],
        ["Nuxt", "dist", "npm run generate"],
    ),
    (
        &[
            (
                "package.json",
                r#"{"devDependencies": {"@sveltejs/kit": "2", "@sveltejs/adapter-static": "3", "vite": "7"}}"#,
            ),
            (
                "svelte.config.js",
                "import adapter from '@sveltejs/adapter-static';\nexport default { kit: { adapter: adapter({ fallback: '200.html' }) } };",
            ),
        ],
        ["SvelteKit", "build", "npx --no-install vite build"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"@sveltejs/kit": "2", "@sveltejs/adapter-static": "3"}}"#),
            (
                "svelte.config.js",
                "import adapter from '@sveltejs/adapter-static';\nexport default { kit: { adapter: adapter({ pages: 'web' }) } };",
            ),
        ],
        ["SvelteKit", "web", "npx --no-install vite build"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"@sveltejs/kit": "2", "@sveltejs/adapter-auto": "3"}}"#),
            ("svelte.config.js", ""),
        ],
        ["SvelteKit", "! `@sveltejs/adapter-static` is not in package.json", "npx --no-install vite build"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"@react-router/dev": "7", "vite": "7"}}"#),
            ("react-router.config.ts", "export default { ssr: false } satisfies Config"),
        ],
        ["React Router", "build/client", "npx --no-install react-router build"],
    ),
    (
        &[("package.json", r#"{"devDependencies": {"@react-router/dev": "7"}}"#)],
        ["React Router", "! react-router.config does not say `ssr: false`", "npx --no-install react-router build"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"@remix-run/dev": "2", "vite": "5"}}"#),
            ("vite.config.ts", "export default { plugins: [remix({ ssr: false })] }"),
        ],
        ["Remix", "build/client", "npx --no-install remix vite:build"],
    ),
    (
        &[
            ("package.json", r#"{"dependencies": {"@solidjs/start": "1"}, "scripts": {"build": "vinxi build"}}"#),
            ("app.config.ts", "export default defineConfig({ server: { preset: 'static' } })"),
        ],
        ["SolidStart", ".output/public", "npm run build"],
    ),
    // Documents in a folder of their own.
    (
        &[(
            "package.json",
            r#"{"devDependencies": {"vitepress": "1"}, "scripts": {"docs:build": "vitepress build docs"}}"#,
        )],
        ["VitePress", "docs/.vitepress/dist", "npm run docs:build"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"vitepress": "1"}}"#),
            ("docs/.vitepress/config.mts", "export default defineConfig({ outDir: '../public' })"),
        ],
        ["VitePress", "public", "npx --no-install vitepress build docs"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"vitepress": "1"}}"#),
            (".vitepress/config.js", "export default {}"),
        ],
        ["VitePress", ".vitepress/dist", "npx --no-install vitepress build ."],
    ),
    (
        &[
            (
                "package.json",
                r#"{"devDependencies": {"vuepress": "2"}, "scripts": {"docs:build": "vuepress build docs"}}"#,
            ),
            ("docs/.vuepress/config.js", "export default { dest: 'web' }"),
        ],
        ["VuePress", "web", "npm run docs:build"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"vite": "7", "vitepress": "1"}}"#),
            ("index.html", "the application"),
        ],
        ["Vite", "dist", "npx --no-install vite build"],
    ),
    // Eleventy's three ways.
    (
        &[("package.json", r#"{"devDependencies": {"@11ty/eleventy": "3"}, "scripts": {"build": "eleventy"}}"#)],
        ["Eleventy", "_site", "npm run build"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"@11ty/eleventy": "3"}}"#),
            ("eleventy.config.js", "export default function (c) { c.setOutputDirectory('www'); }"),
        ],
        ["Eleventy", "www", "npx --no-install eleventy"],
    ),
    (
        &[
            ("package.json", r#"{"devDependencies": {"@11ty/eleventy": "2"}}"#),
            (".eleventy.js", "module.exports = (c) => { return { dir: { input: 'src', output: 'web' } } }"),
        ],
        ["Eleventy", "web", "npx --no-install eleventy"],
    ),
    (
        &[(
            "package.json",
            r#"{"devDependencies": {"@11ty/eleventy": "3"}, "scripts": {"build": "eleventy --output=out"}}"#,
        )],
        ["Eleventy", "out", "npm run build"],
    ),
    // Angular's workspace.
    (
        &[
            ("package.json", r#"{"dependencies": {"@angular/core": "20"}, "scripts": {"build": "ng build"}}"#),
            (
                "angular.json",
                r#"{"projects": {"shop": {"projectType": "application", "architect": {"build": {"builder": "@angular/build:application", "options": {}}}}}}"#,
            ),
        ],
        ["Angular", "dist/shop/browser", "npm run build"],
    ),
    (
        &[
            ("package.json", r#"{"dependencies": {"@angular/core": "19"}}"#),
            (
                "angular.json",
                r#"{"projects": {"shop": {"projectType": "application", "architect": {"build": {"builder": "@angular-devkit/build-angular:application", "options": {"outputPath": {"base": "out", "browser": ""}}}}}}}"#,
            ),
        ],
        ["Angular", "out", "npx --no-install ng build"],
    ),
    (
        &[
            ("package.json", r#"{"dependencies": {"@angular/core": "15"}}"#),
            (
                "angular.json",
                r#"{"projects": {"shop": {"projectType": "application", "architect": {"build": {"builder": "@angular-devkit/build-angular:browser", "options": {"outputPath": "dist/shop"}}}}}}"#,
            ),
        ],
        ["Angular", "dist/shop", "npx --no-install ng build"],
    ),
    (
        &[
            ("package.json", r#"{"dependencies": {"@angular/core": "15"}}"#),
            (
                "angular.json",
                r#"{"projects": {"a": {"projectType": "application"}, "b": {"projectType": "application"}}}"#,
            ),
        ],
        ["Angular", "? angular.json has 2 applications", "npx --no-install ng build"],
    ),
    // Generators that are programs.
    (&[("hugo.toml", "baseURL = 'https://x'\n"), ("content/a.md", "")], ["Hugo", "public", "hugo"]),
    (
        &[("config.toml", "baseURL = 'https://x'\npublishDir = 'out' # ours\n"), ("content/a.md", "")],
        ["Hugo", "out", "hugo"],
    ),
    (
        &[
            ("hugo.yaml", "publishDir: web\n"),
            (
                "package.json",
                r#"{"scripts": {"build": "npm run css && hugo --minify -d web2"}, "devDependencies": {"postcss": "8"}}"#,
            ),
        ],
        ["Hugo", "web2", "npm run build"],
    ),
    (
        &[("config.toml", "base_url = 'https://x'\noutput_dir = \"out\"\n"), ("content/_index.md", "")],
        ["Zola", "out", "zola build"],
    ),
    (
        &[("_config.yml", "title: x\n"), ("Gemfile", "gem \"jekyll\"\n")],
        ["Jekyll", "_site", "bundle exec jekyll build"],
    ),
    (
        &[("_config.yml", "destination: ./web\n"), ("_posts/2026-01-01-a.md", ""), ("index.html", "")],
        ["Jekyll", "web", "jekyll build"],
    ),
    (
        &[("mkdocs.yml", "site_name: x\nsite_dir: web\n"), ("requirements.txt", "mkdocs\n")],
        ["MkDocs", "web", "mkdocs build"],
    ),
    (
        &[("mkdocs.yml", "site_name: x\nsite_dir: !ENV OUT\n")],
        ["MkDocs", "? `site_dir` in mkdocs.yml is computed there", "mkdocs build"],
    ),
    (&[("book.toml", "[book]\ntitle = 'x'\n")], ["mdBook", "book", "mdbook build"]),
    (
        &[("book.toml", "[build]\nbuild-dir = \"web\"\n\n[output.html]\n[output.linkcheck]\n")],
        ["mdBook", "web/html", "mdbook build"],
    ),
    (
        &[("docs/conf.py", "html_theme = 'alabaster'\n")],
        ["Sphinx", "docs/_build/html", "sphinx-build -b html docs docs/_build/html"],
    ),
    (
        &[("source/conf.py", "html_theme = 'alabaster'\n")],
        ["Sphinx", "build/html", "sphinx-build -b html source build/html"],
    ),
    (&[("pelicanconf.py", "OUTPUT_PATH = 'web'\n")], ["Pelican", "web", "pelican content"]),
    (&[("Trunk.toml", "[build]\ndist = \"web\"\n"), ("index.html", "")], ["Trunk", "web", "trunk build --release"]),
    // Nothing to build, or nothing known.
    (&[("index.html", "")], ["plain HTML", ".", "-"]),
    (&[("index.html", ""), ("dist/index.html", "")], ["plain HTML", "dist", "-"]),
    (&[("index.html", ""), ("package.json", "{}")], ["-", "-", "-"]),
    (
        &[("package.json", r#"{"scripts": {"build": "make"}}"#), ("build/index.html", "")],
        ["-", "build", "npm run build"],
    ),
    (&[("package.json", "{broken"), ("public/index.html", "")], ["-", "public", "-"]),
    (&[("README.md", "")], ["-", "-", "-"]),
];

#[test]
fn every_framework_is_found_with_its_folder_and_command() {
    for (files, expected) in CASES {
        assert_eq!(&told(files), expected, "{files:?}");
    }
    for row in FRAMEWORKS {
        assert!(CASES.iter().any(|case| case.1[0] == row.name), "{} has no case", row.name);
    }
}

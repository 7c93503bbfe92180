//! What is deployed: generated sites, always the same for one seed, and the published folders of real npm packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::measure::{Reason, output, run, target_folder};

/// Changed when the generated files change, so that old ones are made anew.
const GENERATION: u32 = 1;

/// A folder to deploy.
pub(crate) struct Corpus {
    pub(crate) folder: PathBuf,
    pub(crate) name: String,
}

/// A generated site.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    pub(crate) seed: u64,
}

pub(crate) const SITE: Shape = Shape { name: "2,000 files / 42 MB", files: 2_000, bytes: 42_000_000, seed: 1 };
pub(crate) const LARGE: Shape = Shape { name: "100,000 files / 1 GB", files: 100_000, bytes: 1_000_000_000, seed: 2 };

/// An npm package whose published folder is deployed, at the version that figures are compared for.
pub(crate) struct Package {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
}

pub(crate) const MATERIAL_ICONS: Package = Package { name: "@mdi/svg", version: "7.4.47" };
pub(crate) const SWAGGER_UI: Package = Package { name: "swagger-ui-dist", version: "5.35.0" };
pub(crate) const MONACO: Package = Package { name: "monaco-editor", version: "0.57.0" };

impl Shape {
    /// Makes the site, or finds it from an earlier run.
    pub(crate) fn corpus(&self) -> Result<Corpus, Reason> {
        let key = format!("site-{}-{}-{}-{GENERATION}", self.files, self.bytes, self.seed);
        make(&key, self.name, |folder| self.write(folder))
    }

    fn write(&self, folder: &Path) -> Result<(), Reason> {
        let mut random = Random(self.seed);
        let weights: Vec<u64> = (0..self.files).map(|number| kind(number).weight(&mut random)).collect();
        let sum: u64 = weights.iter().sum();
        let mut left = self.bytes;
        for (number, weight) in weights.iter().enumerate() {
            let share = (u128::from(self.bytes) * u128::from(*weight) / u128::from(sum)) as u64;
            let size = if number + 1 == self.files { left } else { share };
            left -= size;
            let kind = kind(number);
            let path = folder.join(kind.path(number));
            let parent = path.parent().ok_or("a file without a folder")?;
            fs::create_dir_all(parent).map_err(|error| error.to_string())?;
            fs::write(&path, kind.content(size as usize, &mut random)).map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

impl Package {
    /// Fetches the package, or finds it from an earlier run.
    pub(crate) fn corpus(&self) -> Result<Corpus, Reason> {
        let key = format!("npm-{}-{}", self.name.replace(['@', '/'], "-"), self.version);
        make(&key, self.name, |folder| {
            let named = format!("{}@{}", self.name, self.version);
            let mut pack = Command::new("npm");
            pack.args(["pack", &named, "--silent", "--pack-destination"]).arg(folder);
            let archive = output(&mut pack).map_err(|reason| format!("npm is needed for {named}: {reason}"))?;
            let archive = folder.join(archive.trim().lines().last().unwrap_or_default());
            let mut unpack = Command::new("tar");
            run(unpack.arg("xzf").arg(&archive).args(["--strip-components=1", "-C"]).arg(folder))?;
            fs::remove_file(archive).map_err(|error| error.to_string())
        })
    }
}

fn make(key: &str, name: &str, write: impl FnOnce(&Path) -> Result<(), Reason>) -> Result<Corpus, Reason> {
    let all = target_folder().join("bench-corpora");
    let (folder, complete) = (all.join(key), all.join(format!("{key}.complete")));
    if !complete.exists() {
        eprintln!("    making {name} in {}", folder.display());
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
        }
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        write(&folder)?;
        fs::write(&complete, b"").map_err(|error| error.to_string())?;
        // Files that changed a moment ago are not trusted by the hash cache, which is not what is measured.
        std::thread::sleep(Duration::from_secs(3));
    }
    Ok(Corpus { folder, name: name.to_owned() })
}

/// What a generated file is: of a hundred, eighty pages, twelve scripts and styles, eight pictures.
#[derive(Clone, Copy)]
enum Kind {
    Page,
    Script,
    Picture,
}

fn kind(number: usize) -> Kind {
    match number % 100 {
        0..80 => Kind::Page,
        80..92 => Kind::Script,
        _ => Kind::Picture,
    }
}

impl Kind {
    /// A size relative to others of the site: pages small, pictures large, all of them uneven.
    fn weight(self, random: &mut Random) -> u64 {
        match self {
            Kind::Page => 20 + random.below(100),
            Kind::Script => 50 + random.below(400),
            Kind::Picture => 200 + random.below(1_200),
        }
    }

    fn path(self, number: usize) -> String {
        match self {
            Kind::Page => format!("section-{:03}/page-{number:06}/index.html", number / 100 % 400),
            Kind::Script => {
                format!("assets/{:02}/chunk-{number:06}.{:08x}.js", number % 64, number * 2_654_435_761 % (1 << 32))
            }
            Kind::Picture => format!("images/{:02}/picture-{number:06}.jpg", number % 64),
        }
    }

    /// Text of words that compress as pages do, or bytes that do not compress at all, as pictures.
    fn content(self, size: usize, random: &mut Random) -> Vec<u8> {
        const WORDS: [&str; 16] = [
            "deploy",
            "<p class=\"text\">",
            "static",
            "site",
            "</p>\n",
            "the",
            "of",
            "token",
            "and",
            "server",
            "page",
            "<a href=\"/\">",
            "</a>",
            "scoped",
            "content",
            "function",
        ];
        let mut content = Vec::with_capacity(size + 32);
        while content.len() < size {
            match self {
                Kind::Picture => content.extend_from_slice(&random.next().to_le_bytes()),
                Kind::Page | Kind::Script => {
                    content.extend_from_slice(WORDS[random.below(16) as usize].as_bytes());
                    let number = random.below(1 << 20);
                    content.extend_from_slice(
                        if number.is_multiple_of(4) { format!(" {number} ") } else { " ".to_owned() }.as_bytes(),
                    );
                }
            }
        }
        content.truncate(size);
        content
    }
}

/// SplitMix64: small, seeded, and the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

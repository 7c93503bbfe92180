//! Everything that a person sees goes through `src/ui`.

use crate::source::sources;

/// What writes to a standard stream. `print!(` is part of `eprint!(` too.
const WRITERS: &[&str] = &["print!(", "println!(", "dbg!(", "io::stdout", "io::stderr", "stdout()", "stderr()"];

#[test]
fn nothing_prints_outside_ui() {
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| !source.path.starts_with("src/ui/")) {
        for (line, code) in source.code() {
            for writer in WRITERS.iter().filter(|writer| code.contains(**writer)) {
                wrong.push(format!("{}:{line}: `{writer}` belongs into src/ui", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

//! What a script of `package.json` says to the program that it starts. No shell: what a shell would have to compute is
//! told apart, never guessed.

/// The value of an option in a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// It is not there.
    Absent,
    /// This text.
    Text(String),
    /// It is there, and a shell or program would have to compute it.
    Unclear,
}

/// Whether a script starts a program.
pub(super) fn mentions(script: &str, program: &str) -> bool {
    commands(script).iter().any(|words| arguments(words, program).is_some())
}

/// The value of an option, in any of its spellings, of the command in `script` that starts `program`.
pub(super) fn option(script: &str, program: &str, spellings: &[&str]) -> Value {
    for words in commands(script) {
        let Some(arguments) = arguments(&words, program) else { continue };
        for (position, word) in arguments.iter().enumerate() {
            let (name, joined) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word.as_str(), None),
            };
            if spellings.contains(&name) {
                return match joined.or_else(|| arguments.get(position + 1).cloned()) {
                    Some(text) if !is_computed(&text) => Value::Text(text),
                    _ => Value::Unclear,
                };
            }
        }
    }
    Value::Absent
}

/// The first argument of `program` that follows `verb` and is no option.
pub(super) fn operand(script: &str, program: &str, verb: &str) -> Option<String> {
    commands(script).iter().find_map(|words| {
        let mut arguments = arguments(words, program)?.iter();
        arguments.find(|word| *word == verb)?;
        arguments.next().filter(|word| !word.starts_with('-') && !is_computed(word)).cloned()
    })
}

fn is_computed(text: &str) -> bool {
    text.contains(['$', '`', '*', '%', '('])
}

/// What follows the name of `program`, which may be a path, in a command.
fn arguments<'a>(words: &'a [String], program: &str) -> Option<&'a [String]> {
    let position = words.iter().position(|word| word.rsplit('/').next() == Some(program))?;
    words.get(position + 1..)
}

/// The commands of a script, each as its words without quotes.
fn commands(script: &str) -> Vec<Vec<String>> {
    let (mut commands, mut words, mut word) = (Vec::new(), Vec::new(), String::new());
    let mut quote = None;
    for character in script.chars() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, ';' | '&' | '|' | '\n') => {
                push(&mut words, &mut word);
                commands.push(std::mem::take(&mut words));
            }
            (None, _) if character.is_whitespace() => push(&mut words, &mut word),
            _ => word.push(character),
        }
    }
    push(&mut words, &mut word);
    commands.push(words);
    commands
}

fn push(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_belong_to_the_program_that_gets_them() {
        let script = "tsc --outDir types && NODE_ENV=production npx vite build --outDir \"my site\" --emptyOutDir";
        assert_eq!(option(script, "vite", &["--outDir"]), Value::Text("my site".to_owned()));
        assert_eq!(option(script, "tsc", &["--outDir"]), Value::Text("types".to_owned()));
        assert_eq!(option(script, "vite", &["--base"]), Value::Absent);
        assert_eq!(option("eleventy --output=$OUT", "eleventy", &["--output"]), Value::Unclear);
        assert_eq!(option("eleventy --output", "eleventy", &["--output"]), Value::Unclear);
        assert_eq!(
            option("./node_modules/.bin/hugo -d out", "hugo", &["--destination", "-d"]),
            Value::Text("out".into())
        );
    }

    #[test]
    fn operands_follow_their_verb() {
        assert_eq!(operand("vitepress build docs --mpa", "vitepress", "build").as_deref(), Some("docs"));
        assert_eq!(operand("vitepress build --mpa", "vitepress", "build"), None);
        assert_eq!(operand("vitepress build $DOCS", "vitepress", "build"), None);
        assert!(mentions("npm run css; hugo --minify", "hugo"));
        assert!(!mentions("npm run hugo-css", "hugo"));
    }
}

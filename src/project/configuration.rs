//! Single settings in configuration files, read without running or fully parsing them.
//!
//! A setting counts only as a plain text at its own place; anything else at that place is [`Setting::Unclear`].

use super::Tree;

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Setting {
    /// It is not there.
    Absent,
    /// This text.
    Text(String),
    /// It is there, and no plain text.
    Unclear,
}

/// The languages of configuration files.
#[derive(Debug, Clone, Copy)]
pub(super) enum Language {
    /// JavaScript or TypeScript. A key `build.outDir` stands in an object under `build`.
    Script,
    /// Also INI and assignments of Python: `key = "text"`. A key `build.dir` stands under `[build]`.
    Toml,
    /// A key at the top.
    Yaml,
    /// A key at the top.
    Json,
}

/// Finds the setting in the first of `files` that is there, with that file's name.
pub(super) fn read<'f>(tree: &dyn Tree, files: &[(&'f str, Language)], key: &str) -> (Setting, &'f str) {
    for (file, language) in files {
        let Some(text) = tree.text(file) else {
            if tree.has(file) {
                return (Setting::Unclear, file);
            }
            continue;
        };
        let setting = match language {
            Language::Script => script(&text, key),
            Language::Toml => toml(&text, key),
            Language::Yaml => yaml(&text, key),
            Language::Json => json(&text, key),
        };
        return (setting, file);
    }
    (Setting::Absent, "")
}

fn json(text: &str, key: &str) -> Setting {
    let value: serde_json::Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(_) => return Setting::Unclear,
    };
    match value.get(key) {
        None => Setting::Absent,
        Some(serde_json::Value::String(text)) => Setting::Text(text.clone()),
        Some(_) => Setting::Unclear,
    }
}

fn toml(text: &str, key: &str) -> Setting {
    let (wanted, key) = key.rsplit_once('.').unwrap_or(("", key));
    let mut section = String::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.split(']').next().unwrap_or(name).trim().to_owned();
        } else if section == wanted
            && let Some((name, value)) = line.split_once('=')
            && name.trim().trim_matches('"').eq_ignore_ascii_case(key)
        {
            return quoted(value.trim());
        }
    }
    Setting::Absent
}

/// A text between quotes, with nothing but a comment behind it.
fn quoted(value: &str) -> Setting {
    let Some(quote) = value.chars().next().filter(|first| matches!(first, '"' | '\'')) else { return Setting::Unclear };
    match value[1..].split_once(quote) {
        Some((text, rest)) if !text.contains('\\') && !text.is_empty() => match rest.trim_start() {
            "" => Setting::Text(text.to_owned()),
            rest if rest.starts_with('#') => Setting::Text(text.to_owned()),
            _ => Setting::Unclear,
        },
        _ => Setting::Unclear,
    }
}

fn yaml(text: &str, key: &str) -> Setting {
    let value = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim_matches(['"', '\'']).eq_ignore_ascii_case(key).then_some(value.trim())
    });
    match value {
        None => Setting::Absent,
        Some(value) if value.starts_with(['"', '\'']) => quoted(value),
        Some(value) => {
            let plain = value.split(" #").next().unwrap_or(value).trim();
            let is_plain = !plain.is_empty() && !plain.starts_with(['!', '&', '*', '{', '[', '|', '>', '#', '$']);
            if is_plain { Setting::Text(plain.to_owned()) } else { Setting::Unclear }
        }
    }
}

/// A piece of JavaScript.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    /// A text that is computed.
    Template,
    Sign(char),
}

fn script(text: &str, key: &str) -> Setting {
    let path: Vec<&str> = key.split('.').collect();
    let Some((name, labels)) = path.split_last() else { return Setting::Absent };
    let tokens = tokens(text);
    let mut open: Vec<Option<&str>> = Vec::new();
    let mut found = Vec::new();
    for (position, token) in tokens.iter().enumerate() {
        let behind = |distance: usize| tokens.get(position + distance);
        let before = |distance: usize| position.checked_sub(distance).and_then(|position| tokens.get(position));
        match token {
            Token::Sign('{' | '[' | '(') => {
                let label = match (before(2), before(1)) {
                    (Some(Token::Word(label) | Token::Text(label)), Some(Token::Sign(':'))) => Some(label.as_str()),
                    _ => None,
                };
                open.push(label);
            }
            Token::Sign('}' | ']' | ')') => {
                open.pop();
            }
            Token::Word(word) | Token::Text(word) if word == name => {
                let is_here = open.iter().flatten().eq(labels.iter());
                match (before(1), behind(1)) {
                    // A key with its value.
                    (Some(Token::Sign('{' | ',')), Some(Token::Sign(':'))) if is_here => {
                        found.push(value(behind(2), behind(3)));
                    }
                    // A short form: the value is computed elsewhere.
                    (Some(Token::Sign('{' | ',')), Some(Token::Sign(',' | '}')))
                        if is_here && matches!(token, Token::Word(_)) =>
                    {
                        found.push(Setting::Unclear);
                    }
                    // `config.key = value`
                    (Some(Token::Sign('.')), Some(Token::Sign('='))) if behind(2) != Some(&Token::Sign('=')) => {
                        found.push(value(behind(2), behind(3)));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    match found.split_first() {
        None => Setting::Absent,
        Some((first, rest)) if rest.iter().all(|other| other == first) => first.clone(),
        Some(_) => Setting::Unclear,
    }
}

/// The only argument of a call `name("text")` in JavaScript.
pub(super) fn call(text: &str, name: &str) -> Setting {
    let tokens = tokens(text);
    let mut calls = tokens.windows(4).filter_map(|window| match window {
        [Token::Word(word), Token::Sign('('), value, end] if word == name => {
            let is_whole = *end == Token::Sign(')');
            Some(if let (Token::Text(text), true) = (value, is_whole) {
                Setting::Text(text.clone())
            } else {
                Setting::Unclear
            })
        }
        _ => None,
    });
    // Of several calls the last one counts.
    calls.next_back().unwrap_or(Setting::Absent)
}

/// Whether a word stands anywhere in JavaScript, comments left out.
pub(super) fn has_word(text: &str, name: &str) -> bool {
    tokens(text).iter().any(|token| matches!(token, Token::Word(word) | Token::Text(word) if word == name))
}

/// Whether `key: word` stands anywhere in JavaScript, such as `ssr: false`.
pub(super) fn has_pair(text: &str, key: &str, word: &str) -> bool {
    tokens(text).windows(3).any(|window| match window {
        [Token::Word(left) | Token::Text(left), Token::Sign(':'), Token::Word(right) | Token::Text(right)] => {
            left == key && right == word
        }
        _ => false,
    })
}

fn value(token: Option<&Token>, next: Option<&Token>) -> Setting {
    let ends = matches!(next, None | Some(Token::Sign(',' | '}' | ';' | ')') | Token::Word(_)));
    match token {
        Some(Token::Text(text)) if ends && !text.is_empty() => Setting::Text(text.clone()),
        _ => Setting::Unclear,
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            _ if character.is_whitespace() => {}
            '/' if rest.peek() == Some(&'/') => while rest.next().is_some_and(|next| next != '\n') {},
            '/' if rest.peek() == Some(&'*') => {
                rest.next();
                let mut last = ' ';
                for next in rest.by_ref() {
                    if last == '*' && next == '/' {
                        break;
                    }
                    last = next;
                }
            }
            '"' | '\'' | '`' => tokens.push(text_token(character, &mut rest)),
            _ if character.is_alphanumeric() || matches!(character, '_' | '$') => {
                let mut word = String::from(character);
                while let Some(next) = rest.next_if(|next| next.is_alphanumeric() || matches!(next, '_' | '$')) {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
            _ => tokens.push(Token::Sign(character)),
        }
    }
    tokens
}

fn text_token(quote: char, rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Token {
    let (mut text, mut is_computed) = (String::new(), false);
    while let Some(next) = rest.next() {
        match next {
            _ if next == quote => break,
            // Only a template has lines; a quote without an end is part of a regular expression.
            '\n' if quote != '`' => break,
            '\\' => {
                is_computed = true;
                rest.next();
            }
            '$' if quote == '`' && rest.peek() == Some(&'{') => is_computed = true,
            _ => text.push(next),
        }
    }
    if is_computed { Token::Template } else { Token::Text(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(setting: Setting) -> String {
        match setting {
            Setting::Absent => "-".to_owned(),
            Setting::Unclear => "?".to_owned(),
            Setting::Text(text) => text,
        }
    }

    #[test]
    fn a_key_of_a_script_counts_at_its_own_place_only() {
        for (text, value) in [
            ("export default { build: { outDir: 'out' } }", "out"),
            ("export default defineConfig(({ mode }) => ({ build: { minify: true, \"outDir\": `out`, }, }))", "out"),
            ("module.exports = { build: { /* outDir: 'x' */ outDir: \"out\" // outDir: 'y'\n } }", "out"),
            ("const config: UserConfig = {\n build: { outDir: 'out' }\n}\nexport default config", "out"),
            ("export default { plugins: [dts({ outDir: 'types' })] }", "-"),
            ("export default { plugins: [pwa({ build: { outDir: 'x' } })] }", "-"),
            ("export default { build: { outDir: resolve(__dirname, 'out') } }", "?"),
            ("export default { build: { outDir: `${base}/out` } }", "?"),
            ("export default { build: { outDir: 'a' + b } }", "?"),
            ("export default { build: { outDir } }", "?"),
            ("export default dev ? { build: { outDir: 'a' } } : { build: { outDir: 'b' } }", "?"),
            ("export default { test: /['\"]/,\n build: { outDir: 'out' } }", "out"),
            ("", "-"),
        ] {
            assert_eq!(told(script(text, "build.outDir")), value, "{text}");
        }
        assert_eq!(
            told(script("export default { outDir: 'out', integrations: [x({ outDir: 'y' })] }", "outDir")),
            "out"
        );
        assert_eq!(told(script("const c = {}; c.output = 'export'; module.exports = c", "output")), "export");
        assert_eq!(told(script("if (c.output == 'export') {}", "output")), "-");
    }

    #[test]
    fn calls_words_and_pairs_are_found() {
        assert_eq!(told(call("c.setOutputDirectory('out');", "setOutputDirectory")), "out");
        assert_eq!(told(call("c.setOutputDirectory(out);", "setOutputDirectory")), "?");
        assert_eq!(told(call("// c.setOutputDirectory('out');", "setOutputDirectory")), "-");
        assert!(has_pair("export default { ssr: false }", "ssr", "false"));
        assert!(!has_pair("export default { /* ssr: false */ }", "ssr", "false"));
        assert!(has_word("import adapter from '@sveltejs/adapter-static'", "@sveltejs/adapter-static"));
    }

    #[test]
    fn other_languages_are_read_line_by_line() {
        let book = "[book]\nbuild-dir = \"no\"\n\n[build] # ours\nbuild-dir = 'out' # here\n";
        assert_eq!(told(toml(book, "build.build-dir")), "out");
        assert_eq!(told(toml("publishdir = \"a\\tb\"\n", "publishDir")), "?");
        assert_eq!(told(toml("[params]\npublishDir = 'no'", "publishDir")), "-");
        assert_eq!(told(yaml("site_name: x\nsite_dir: out/site # here\n", "site_dir")), "out/site");
        assert_eq!(told(yaml("site_dir: \"out\"\n", "site_dir")), "out");
        assert_eq!(told(yaml("site_dir: !ENV [OUT, site]\n", "site_dir")), "?");
        assert_eq!(told(yaml("plugins:\n  site_dir: no\n", "site_dir")), "-");
        assert_eq!(told(json("{\"publishDir\": \"out\"}", "publishDir")), "out");
        assert_eq!(told(json("{", "publishDir")), "?");
    }
}

//! One style sheet out of many: the files that `style/main.css` imports, in its order.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Reads `main.css` and all it imports, and strips what only people need.
pub fn bundle(folder: &Path) -> Result<String> {
    let main = read(&folder.join("main.css"))?;
    let mut imported = vec!["main.css".to_owned()];
    let mut sheet = String::new();
    let mut own = String::new();
    for line in main.lines() {
        if line.trim_start().starts_with("@import") {
            let name = imported_name(line).with_context(|| {
                format!("style/main.css: expected @import \"x.css\"; in `{line}`")
            })?;
            sheet += &read(&folder.join(name))?;
            sheet.push('\n');
            imported.push(name.to_owned());
        } else {
            own += line;
            own.push('\n');
        }
    }
    refuse_forgotten(folder, &imported)?;
    Ok(minify(&(sheet + &own)))
}

fn imported_name(line: &str) -> Option<&str> {
    let quoted = line
        .trim()
        .strip_prefix("@import")?
        .trim_start()
        .strip_suffix(';')?
        .trim_end();
    let name = quoted.strip_prefix('"')?.strip_suffix('"')?;
    Some(name.strip_prefix("./").unwrap_or(name))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

/// A sheet that nobody imports is a mistake, not a choice.
fn refuse_forgotten(folder: &Path, imported: &[String]) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if Path::new(&name).extension().is_some_and(|end| end == "css") && !imported.contains(&name)
        {
            bail!("style/{name} is not imported by style/main.css");
        }
    }
    Ok(())
}

/// Drops comments and white space that means nothing; touches no string and no value.
fn minify(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    let mut space = false;
    while let Some(next) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
            space = true;
            continue;
        }
        let word = match next {
            '"' | '\'' => quoted(rest, next),
            _ => rest.get(..next.len_utf8()).unwrap_or(rest),
        };
        rest = rest.get(word.len()..).unwrap_or_default();
        if next.is_whitespace() {
            space = true;
            continue;
        }
        if next == '}' && out.ends_with(';') {
            out.pop();
        }
        if space
            && !"{};,".contains(next)
            && !out.is_empty()
            && !out.ends_with(['{', '}', ';', ','])
        {
            out.push(' ');
        }
        space = false;
        out += word;
    }
    out
}

/// A string with its quotes, escapes passed over.
fn quoted(text: &str, quote: char) -> &str {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if letter == '\\' {
            escaped = true;
        } else if letter == quote {
            return text.get(..at + quote.len_utf8()).unwrap_or(text);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{imported_name, minify};

    #[test]
    fn comments_and_needless_space_go() {
        let sheet =
            "/* a */\n.a ,\n.b {\n  color : red ; /* b */\n  margin: 0 auto;\n}\n\n.c { top: 0 }\n";
        assert_eq!(minify(sheet), ".a,.b{color : red;margin: 0 auto}.c{top: 0}");
    }

    #[test]
    fn strings_selectors_and_sums_stay() {
        let sheet =
            ".a :hover::before { content: \" { ; } /* no */ \\\" \"; width: calc(1px + 2em); }";
        let small = ".a :hover::before{content: \" { ; } /* no */ \\\" \";width: calc(1px + 2em)}";
        assert_eq!(minify(sheet), small);
    }

    #[test]
    fn words_around_a_comment_stay_apart() {
        assert_eq!(minify(".a/**/.b{}"), ".a .b{}");
    }

    #[test]
    fn only_plain_imports_are_understood() {
        assert_eq!(imported_name("@import \"tokens.css\";"), Some("tokens.css"));
        assert_eq!(imported_name("@import url(tokens.css);"), None);
    }
}

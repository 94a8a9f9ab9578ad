//! A browser and its system, by the browser's own name for itself.

/// Marks in the name, in the order in which they decide: most browsers claim to be others too.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// Which browser on which system, where they can be told.
pub fn device(agent: &str) -> (Option<&'static str>, Option<&'static str>) {
    let found = |marks: &[(&str, &'static str)]| {
        let mark = marks.iter().find(|(mark, _)| agent.contains(mark));
        mark.map(|(_, name)| *name)
    };
    let safari = (agent.contains("Version/") && agent.contains("Safari/")).then_some("Safari");
    (found(&BROWSERS).or(safari), found(&SYSTEMS))
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_browser_is_known_by_its_own_name() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
                      Chrome/130.0.0.0 Safari/537.36";
        assert_eq!(device(chrome), (Some("Chrome"), Some("Linux")));
        let edge = [chrome, " Edg/130.0"].concat();
        assert_eq!(device(&edge).0, Some("Edge"));
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 \
                      (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(device(iphone), (Some("Safari"), Some("iPhone")));
        let firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 \
                       Firefox/132.0";
        assert_eq!(device(firefox), (Some("Firefox"), Some("Windows")));
        assert_eq!(device("curl/8.5.0"), (None, None));
        assert_eq!(device(""), (None, None));
    }
}

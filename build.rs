//! The page must be there before the binary can carry it.
//!
//! A development build without a built page gets a page that says so, so that `cargo test` works
//! on a clone that never saw npm; a release build without one is refused.

use std::{env, fs, io, path::Path};

/// The page of a build without a page. Its comment is how a release build knows it.
const PLACEHOLDER: &str = "<!doctype html>
<!-- placeholder: no built page -->
<html lang=\"nl\">
<meta charset=\"utf-8\">
<title>wijkzicht</title>
<p>Deze versie is gebouwd zonder de kaart. Bouw haar met <code>make build</code>.</p>
</html>
";

/// The same of the page to be framed, which says all it has to say without script.
const FRAME: &str = "<!doctype html>
<html lang=\"nl\">
<head>
<meta charset=\"utf-8\">
<title>wijkzicht</title>
<script type=\"application/json\" id=\"wk-configuratie\">{}</script>
</head>
<body class=\"embed\"><wk-embed><!--wk-embed--></wk-embed></body>
</html>
";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    // The folders are embedded file by file: a new file changes none of the old ones.
    for folder in ["web/dist", "geodata"] {
        if Path::new(folder).exists() {
            println!("cargo::rerun-if-changed={folder}");
        }
    }

    let page = Path::new("web/dist/index.html");
    let built = match fs::read_to_string(page) {
        Ok(text) => !text.contains("<!-- placeholder: no built page -->"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    if built {
        return Ok(());
    }
    if env::var("PROFILE").as_deref() == Ok("release") {
        println!(
            "cargo::error=web/dist holds no built page, and a release binary carries it: run `make build`"
        );
        return Ok(());
    }
    fs::create_dir_all("web/dist")?;
    fs::write(page, PLACEHOLDER)?;
    fs::write("web/dist/embed.html", FRAME)?;
    println!("cargo::rerun-if-changed=web/dist");
    Ok(())
}

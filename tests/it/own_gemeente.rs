//! A gemeente's own map: title, gemeente, level, extent and selections from the configuration.

use std::fs;

use serde_json::{Value, json};

use crate::harness::{Server, scratch};

fn configuration(page: &str) -> Value {
    let (_, rest) = page.split_once(r#"id="wk-configuratie">"#).expect("a configuration");
    serde_json::from_str(rest.split("</script>").next().unwrap_or_default()).expect("JSON")
}

fn served(config: &str) -> (Server, tempfile::TempDir) {
    let folder = scratch();
    let path = folder.path().join("wijkzicht.toml");
    fs::write(&path, config).expect("a temporary file");
    let server = Server::start(&["--demo", "--config", path.to_str().expect("UTF-8")]);
    (server, folder)
}

#[test]
fn the_page_is_told_what_is_configured() {
    let demo = Server::demo();
    let plain = configuration(&demo.get("/").text());
    assert_eq!((&plain["titel"], &plain["gemeente"]), (&Value::Null, &Value::Null));
    assert_eq!((&plain["opening"], &plain["adreszoeker"]), (&Value::Null, &json!(false)));
    assert_eq!(plain["selecties"][0]["id"], "twaalf-wijken");
    let list = demo.get("/v1/gebieden?niveau=gemeenten&jaar=2024&aantal=3").ok();
    let gemeente = &list["gebieden"][2];
    let code = gemeente["code"].as_str().expect("a code");
    let config = format!(
        "titel = 'Wijken van </title><script>'\ngemeente = '{code}'\nniveau = 'wijken'\n\
         [[selectie]]\nid = 'noord'\nnaam = {{ nl = 'Noord', en = 'North' }}\ncodes = ['{code}']\n"
    );
    let (server, _folder) = served(&config);
    let page = server.get("/").text();
    assert!(page.contains(" - Wijken van &lt;/title&gt;&lt;script&gt;</title>"), "{page}");
    let told = configuration(&page);
    assert_eq!(told["titel"], "Wijken van </title><script>");
    assert_eq!(told["gemeente"], json!({"code": code, "naam": gemeente["naam"]}));
    assert_eq!((&told["niveau"], &told["binnen"]), (&json!("wijken"), &json!(code)));
    assert_eq!(told["opening"], gemeente["omvang"]);
    let own = told["selecties"].as_array().and_then(|all| all.last()).expect("the own one");
    assert_eq!(*own, json!({"id": "noord", "naam": {"nl": "Noord", "en": "North"}, "eigen": true}));
    assert_eq!(told["omvang"], plain["omvang"], "the country stays what it is");
}

#[test]
fn an_extent_goes_before_that_of_the_gemeente() {
    let (server, _folder) = served("omvang = [5.1, 52.0, 5.3, 52.2]");
    let told = configuration(&server.get("/").text());
    assert_eq!(told["opening"], json!([5.1, 52.0, 5.3, 52.2]));
    assert_eq!(told["gemeente"], Value::Null);
}

//! The target of a request to a server with the fictional country: an answer, and no fault of ours.
#![no_main]

use std::{
    cell::OnceCell,
    sync::Arc,
};

use axum::{Router, body::Body, http::Request};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;
use wijkzicht::{
    atlas::Atlas,
    demo::{Recipe, deliveries},
    geodata,
    server::{App, Config, router},
    store::contents_of,
};
use wijkzicht_fuzz::CATALOGUE;

thread_local! {
    static SERVER: OnceCell<(Runtime, Router)> = const { OnceCell::new() };
}

fn server() -> (Runtime, Router) {
    let contents = contents_of(deliveries(&Recipe { gemeenten: 1, seed: 1 }), "2026-01-01");
    let palettes = geodata::palettes().expect("sound palettes");
    let atlas = Atlas::new(contents.expect("a country"), CATALOGUE.clone(), palettes);
    let config = Arc::new(Config::default());
    let app = App { atlas: Arc::new(atlas), config, basemap: None };
    (Builder::new_current_thread().enable_all().build().expect("a runtime"), router(app))
}

fuzz_target!(|target: &str| {
    let Ok(request) = Request::get(target).body(Body::empty()) else { return };
    SERVER.with(|server_of_thread| {
        let (runtime, router) = server_of_thread.get_or_init(server);
        runtime.block_on(async {
            let answer = router.clone().oneshot(request).await.expect("infallible");
            assert!(answer.status().as_u16() < 500, "{target}: {}", answer.status());
            let body = axum::body::to_bytes(answer.into_body(), 64 << 20).await;
            assert!(body.is_ok(), "{target}");
        });
    });
});

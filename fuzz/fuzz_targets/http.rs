//! The target of a request to a server with the fictional country: an answer, and no fault of ours.
#![no_main]

use std::cell::OnceCell;

use axum::{body::Body, http::Request};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;
use wijkzicht::{
    demo::{Recipe, deliveries},
    server::{App, Config, Front},
    store::contents_of,
};
use wijkzicht_fuzz::atlas;

thread_local! {
    static SERVER: OnceCell<(Runtime, Front)> = const { OnceCell::new() };
}

fn server() -> (Runtime, Front) {
    let contents = contents_of(deliveries(&Recipe { gemeenten: 1, seed: 1 }), "2026-01-01");
    let app = App::new(atlas(contents.expect("a country")), Config::default()).expect("an app without a basemap");
    (Builder::new_current_thread().enable_all().build().expect("a runtime"), Front::new(app))
}

fuzz_target!(|target: &str| {
    let Ok(request) = Request::get(target).body(Body::empty()) else { return };
    SERVER.with(|server_of_thread| {
        let (runtime, front) = server_of_thread.get_or_init(server);
        runtime.block_on(async {
            let answer = front.clone().oneshot(request).await.expect("infallible");
            assert!(answer.status().as_u16() < 500, "{target}: {}", answer.status());
            let body = axum::body::to_bytes(answer.into_body(), 64 << 20).await;
            assert!(body.is_ok(), "{target}");
        });
    });
});

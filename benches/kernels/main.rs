//! What the parts in the middle take, each on a fictional country of as many buurten as the
//! Netherlands has and on the atlas that `WIJKZICHT_BENCH_ATLAS` names, where it names one.
//!
//! `cargo bench location` measures one part. Figures of two runs are compared as ratios, on the
//! same machine.

mod country;
mod crosswalk;
mod location;
mod pictures;
mod statistics;
mod tiles;
mod topology;

criterion::criterion_group! {
    name = benches;
    config = criterion::Criterion::default().sample_size(10);
    targets = location::location, topology::topology, tiles::tiles, pictures::pictures,
        crosswalk::crosswalk, statistics::statistics
}
criterion::criterion_main!(benches);

//! Whether the classes of a palette can be told apart, by any eye: differences after CIEDE2000
//! (Sharma, Wu and Dalal 2005) under simulated colour vision deficiencies (Machado, Oliveira and
//! Fernandes 2009). For tests only.

use super::{HIDDEN, PAIR_COLOURS, PaletteKind, Rgb, palette::shipped};

/// CIE L*a*b* under D65.
#[derive(Clone, Copy)]
struct Lab {
    l: f64,
    a: f64,
    b: f64,
}

type Matrix = [[f64; 3]; 3];

/// Linear sRGB to XYZ, D65 (IEC 61966-2-1).
const XYZ: Matrix = [
    [0.412_456_4, 0.357_576_1, 0.180_437_5],
    [0.212_672_9, 0.715_152_2, 0.072_175_0],
    [0.019_333_9, 0.119_192_0, 0.950_304_1],
];

/// What RGB becomes to the eye, at full severity (Machado et al. 2009).
const VISIONS: [(&str, Matrix); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

fn times(matrix: &Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(m, v)| m * v).sum())
}

fn channels(colour: Rgb) -> [f64; 3] {
    [colour.r, colour.g, colour.b].map(|channel| f64::from(channel) / 255.0)
}

fn linear(encoded: f64) -> f64 {
    if encoded <= 0.040_45 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) }
}

/// The colour as that eye sees it, in linear RGB. The matrices are used on linear and on encoded
/// channels by different authors; `on_linear` chooses.
fn seen(colour: Rgb, vision: &Matrix, on_linear: bool) -> [f64; 3] {
    let clip = |channel: f64| channel.clamp(0.0, 1.0);
    let encoded = channels(colour);
    if on_linear {
        times(vision, encoded.map(linear)).map(clip)
    } else {
        times(vision, encoded).map(clip).map(linear)
    }
}

fn lab(linear_rgb: [f64; 3]) -> Lab {
    let white = times(&XYZ, [1.0; 3]);
    let xyz = times(&XYZ, linear_rgb);
    let f = |t: f64| {
        if t > 216.0 / 24_389.0 { t.cbrt() } else { (24_389.0 / 27.0 * t + 16.0) / 116.0 }
    };
    let [x, y, z] = [0, 1, 2].map(|i| f(xyz[i] / white[i]));
    Lab { l: 116.0 * y - 16.0, a: 500.0 * (x - y), b: 200.0 * (y - z) }
}

fn ciede2000(one: Lab, two: Lab) -> f64 {
    let cos = |degrees: f64| degrees.to_radians().cos();
    let mean_chroma = f64::midpoint(one.a.hypot(one.b), two.a.hypot(two.b));
    let saturation = |c: f64| (c.powi(7) / (c.powi(7) + 25_f64.powi(7))).sqrt();
    let stretch = 1.5 - 0.5 * saturation(mean_chroma);
    let polar = |colour: Lab| {
        let a = colour.a * stretch;
        (a.hypot(colour.b), colour.b.atan2(a).to_degrees().rem_euclid(360.0))
    };
    let ((c1, h1), (c2, h2)) = (polar(one), polar(two));
    let grey = c1 * c2 == 0.0;

    let turn = match h2 - h1 {
        _ if grey => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let hue = match h1 + h2 {
        sum if grey => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => (sum + 360.0) / 2.0,
        sum => (sum - 360.0) / 2.0,
    };
    let (lightness, chroma) = (f64::midpoint(one.l, two.l), f64::midpoint(c1, c2));
    let weight = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
        - 0.20 * cos(4.0 * hue - 63.0);
    let from_grey = (lightness - 50.0).powi(2);
    let dl = (two.l - one.l) / (1.0 + 0.015 * from_grey / (20.0 + from_grey).sqrt());
    let dc = (c2 - c1) / (1.0 + 0.045 * chroma);
    let dh =
        2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / (1.0 + 0.015 * chroma * weight);
    let blue = 30.0 * (-((hue - 275.0) / 25.0).powi(2)).exp();
    let rotation = -2.0 * saturation(chroma) * (2.0 * blue).to_radians().sin();
    (dl * dl + dc * dc + dh * dh + rotation * dc * dh).sqrt()
}

/// The least difference between any two colours under that vision, on either reading.
fn least_difference(colours: &[Rgb], vision: &Matrix) -> f64 {
    let mut least = f64::INFINITY;
    for on_linear in [true, false] {
        let labs: Vec<Lab> = colours.iter().map(|&c| lab(seen(c, vision, on_linear))).collect();
        for (place, &one) in labs.iter().enumerate() {
            for &two in &labs[place + 1..] {
                least = least.min(ciede2000(one, two));
            }
        }
    }
    least
}

#[test]
fn ciede2000_agrees_with_its_published_pairs() {
    // Table 1 of Sharma, Wu and Dalal (2005).
    let pairs = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 3.1571, -77.2803], [50.0, 0.0, -82.7485], 2.8615),
        ([50.0, 2.8361, -74.0200], [50.0, 0.0, -82.7485], 3.4412),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0009], 7.1792),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0011], 7.2195),
        ([50.0, -0.0010, 2.4900], [50.0, 0.0009, -2.4900], 4.8045),
        ([50.0, -0.0010, 2.4900], [50.0, 0.0011, -2.4900], 4.7461),
        ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [61.0, -5.0, 29.0], 22.8977),
        ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
        ([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([63.0109, -31.0961, -5.8663], [62.8187, -29.7946, -4.0864], 1.2630),
        ([35.0831, -44.1164, 3.7933], [35.0232, -40.0716, 1.5901], 1.8645),
        ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
        ([36.4612, 47.8580, 18.3852], [36.2715, 50.5065, 21.2231], 1.4146),
        ([90.8027, -2.0831, 1.4410], [91.1528, -1.6435, 0.0447], 1.4441),
        ([90.9257, -0.5406, -0.9208], [88.6381, -0.8985, -0.7239], 1.5381),
        ([6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ];
    let lab = |[l, a, b]: [f64; 3]| Lab { l, a, b };
    for (one, two, expected) in pairs {
        for (one, two) in [(one, two), (two, one)] {
            let got = ciede2000(lab(one), lab(two));
            assert!((got - expected).abs() < 5.1e-5, "{one:?} {two:?}: {got}, not {expected}");
        }
    }
}

#[test]
fn classes_are_told_apart_by_every_eye() {
    for palette in shipped().iter() {
        let (most, least) = match palette.kind {
            PaletteKind::Diverging => (9, 10.0),
            PaletteKind::Sequential => (7, 5.0),
        };
        for classes in 2..=most {
            let colours = palette.colours(classes).expect("2 to 9 classes");
            for (name, vision) in VISIONS {
                let got = least_difference(colours, &vision);
                assert!(got >= least, "{} of {classes}: {got:.2} under {name}", palette.id);
            }
        }
    }
}

#[test]
fn a_red_green_ramp_would_be_refused() {
    // Orange and green of one lightness: what these tests are there to keep out.
    let ramp = [Rgb::from_u24(0xf4_6d43), Rgb::from_u24(0xa6_d96a), Rgb::from_u24(0x66_bd63)];
    let [normal, deuteranopia, ..] = VISIONS.map(|(_, vision)| least_difference(&ramp, &vision));
    assert!(deuteranopia < 10.0 && normal > 10.0, "{deuteranopia} {normal}");
}

#[test]
fn sequential_palettes_darken_from_class_to_class() {
    let lightness = |colour: &Rgb| lab(channels(*colour).map(linear)).l;
    for palette in shipped().iter().filter(|palette| palette.kind == PaletteKind::Sequential) {
        for classes in 2..=9 {
            let steps: Vec<f64> =
                palette.colours(classes).expect("2 to 9 classes").iter().map(lightness).collect();
            assert!(steps.is_sorted_by(|a, b| a - b > 2.0), "{} {steps:.1?}", palette.id);
        }
    }
}

#[test]
fn an_outline_in_black_or_white_stands_out_from_every_class() {
    // No colour has less than 4.58 against the better of the two; the product's do better.
    let (black, white) = (Rgb::from_u24(0), Rgb::from_u24(0xff_ffff));
    for palette in shipped().iter() {
        for colour in (2..=9).filter_map(|classes| palette.colours(classes)).flatten() {
            let got = colour.contrast(black).max(colour.contrast(white));
            assert!(got >= 4.8, "{} {colour}: {got:.2}", palette.id);
        }
    }
}

#[test]
fn the_dots_of_hidden_figures_are_seen() {
    assert!(HIDDEN.ground.contrast(HIDDEN.stroke) >= 3.0);
}

#[test]
fn the_cells_of_two_topics_are_told_apart_by_every_eye() {
    for (name, vision) in VISIONS {
        let got = least_difference(&PAIR_COLOURS, &vision);
        assert!(got >= 5.0, "{got:.2} under {name}");
    }
    // Darker along either axis, so that the corner of both is the darkest.
    let lightness = PAIR_COLOURS.map(|colour| lab(channels(colour).map(linear)).l);
    for cell in 0..lightness.len() {
        let next = [(cell % 3 < 2).then_some(cell + 1), (cell < 6).then_some(cell + 3)];
        for darker in next.into_iter().flatten() {
            assert!(lightness[cell] - lightness[darker] > 5.0, "{cell} {darker} {lightness:.1?}");
        }
    }
}

//! Figures that follow from delivered counts.

use super::{Quotient, Reason, Value};

/// The quotient of two counts of one area. A missing numerator gives its own reason, a missing
/// denominator its own; a denominator below the least that says something, `te_weinig_inwoners`.
pub fn quotient(recipe: &Quotient, numerator: Value, denominator: Value) -> Value {
    match (numerator, denominator) {
        (Value::Missing(reason), _) | (_, Value::Missing(reason)) => Value::Missing(reason),
        (_, Value::Number(whole)) if whole < f64::from(recipe.least) => {
            Value::Missing(Reason::TeWeinigInwoners)
        }
        (Value::Number(part), Value::Number(whole)) => {
            Value::Number(part * f64::from(recipe.per) / whole)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_number_only_where_both_counts_are_and_enough_are_counted() {
        let recipe = Quotient {
            numerator: "bijstand".into(),
            denominator: "inwoners".into(),
            per: 1000,
            least: 100,
        };
        let of = |a, b| quotient(&recipe, a, b);
        let number = Value::Number;
        assert_eq!(of(number(40.0), number(800.0)), number(50.0));
        assert_eq!(of(number(0.0), number(100.0)), number(0.0), "nobody is a figure too");
        let few = Value::Missing(Reason::TeWeinigInwoners);
        assert_eq!(of(number(5.0), number(95.0)), few);
        assert_eq!(of(number(0.0), number(0.0)), few);
        let hidden = Value::Missing(Reason::GeheimOfAfwezig);
        assert_eq!(of(hidden, number(0.0)), hidden, "the numerator's reason goes first");
        assert_eq!(
            of(number(5.0), Value::Missing(Reason::Onbekend)).reason(),
            Some(Reason::Onbekend)
        );
    }
}

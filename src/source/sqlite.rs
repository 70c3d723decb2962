//! SQLite files that somebody else made, held so that reading them ends.
//!
//! As SQLite advises for files of strangers (<https://sqlite.org/security.html>), and more: such a
//! file carries code in its views, triggers and generated columns, and where its pages point at
//! each other in circles a table has no end.

use rusqlite::{
    Connection, ErrorCode,
    hooks::{AuthAction, AuthContext, Authorization},
    limits::Limit,
};

/// How many instructions of SQLite's machine run between two looks at what is left.
const STEP: i32 = 10_000;
/// The instructions that any file may take: a second or two.
const FREE: u64 = 50_000_000;
/// The instructions a byte beyond that. A cell takes about one, and a byte at least.
const PER_BYTE: u64 = 16;
/// The longest value that a file of any size may hold.
const LONGEST: i32 = 1 << 20;

/// Takes from a connection what a file of `size` bytes does not need to be read.
///
/// Refused are then: what a view, trigger or generated column computes; values longer than the
/// file; and more work than a file of that size explains.
///
/// # Errors
/// When SQLite does not take it.
pub(crate) fn distrust(connection: &mut Connection, size: u64) -> rusqlite::Result<()> {
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    let longest = i32::try_from(size).unwrap_or(i32::MAX).max(LONGEST);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, longest)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    let mut left = FREE.saturating_add(size.saturating_mul(PER_BYTE));
    let spent = move || {
        left = left.saturating_sub(STEP.unsigned_abs().into());
        left == 0
    };
    connection.progress_handler(STEP, Some(spent))?;
    connection.authorizer(Some(authorize))
}

/// Reading of tables, and nothing by way of a view.
fn authorize(context: AuthContext<'_>) -> Authorization {
    let may = match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Pragma { .. } => {
            context.accessor.is_none()
        }
        AuthAction::Function { function_name } => function_name.eq_ignore_ascii_case("count"),
        _ => false,
    };
    if may { Authorization::Allow } else { Authorization::Deny }
}

/// What is wrong, in words that say more than "interrupted".
pub(crate) fn describe(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(ErrorCode::OperationInterrupted) => {
            "reading it takes more work than its size explains; its tables go round in circles"
                .to_owned()
        }
        _ => error.to_string(),
    }
}

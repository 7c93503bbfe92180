//! One verb, one file: `<noun>/<verb>.rs`. Here is only who does what.

mod browser;
pub mod check;
pub mod deploy;
pub mod deployments;
mod difference;
pub mod generate;
mod hints;
pub mod init;
pub mod login;
pub mod logout;
mod named;
mod one_time_link;
pub mod org;
pub mod profile;
mod project;
pub mod rollback;
mod secret_input;
#[cfg(feature = "server")]
pub mod serve;
pub mod session;
mod shutdown;
mod sign_out;
pub mod site;
pub mod token;
pub mod user;
pub mod whoami;

use std::panic::{self, AssertUnwindSafe};

use crate::api::ErrorCode;
use crate::cli::Command;
use crate::cli::deploy::DeployCommand;
use crate::cli::deployments::DeploymentsCommand;
use crate::cli::generate::GenerateCommand;
use crate::cli::org::OrgCommand;
use crate::cli::profile::ProfileCommand;
use crate::cli::session::SessionCommand;
use crate::cli::site::SiteCommand;
use crate::cli::token::TokenCommand;
use crate::cli::user::UserCommand;
use crate::context::Context;
use crate::error::CliError;
use crate::settings::SettingsError;
use crate::settings::env;
use crate::ui::{self, log::Program};

use shutdown::shutdown_signal;

/// Runs a command on a runtime of its own, reports its error and returns the exit code.
pub fn run_to_exit_code(context: &Context, command: Command) -> u8 {
    // A panic is our fault, never the person's; the hook has told the place.
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| run_on_runtime(context, command)));
    let outcome = outcome
        .unwrap_or_else(|_| Err(CliError::new(ErrorCode::InternalError, "zerodeploy itself failed; this is a bug")));
    match outcome {
        Ok(()) => 0,
        Err(error) => error.report(&context.ui),
    }
}

fn run_on_runtime(context: &Context, command: Command) -> Result<(), CliError> {
    let program = match &command {
        #[cfg(feature = "server")]
        Command::Serve(_) => Program::Server,
        command if command.is_serving() => Program::DeployAndServe,
        _ => Program::Command,
    };
    start_log(context, program)?;
    // One thread is enough for a client, and starts faster; the server wants every core.
    let mut builder = match program {
        Program::Command => tokio::runtime::Builder::new_current_thread(),
        Program::DeployAndServe | Program::Server => tokio::runtime::Builder::new_multi_thread(),
    };
    let runtime = builder
        .enable_all()
        .build()
        .map_err(|error| CliError::from_source(ErrorCode::InternalError, "the runtime cannot start", &error))?;
    let outcome = runtime.block_on(run(context, command));
    // A question that nobody answered, or a keyring that hangs, must not hold up the end.
    runtime.shutdown_background();
    outcome
}

fn start_log(context: &Context, program: Program) -> Result<(), CliError> {
    let filter = context.settings.environment().text(env::LOG)?;
    ui::log::start(filter, context.ui.verbosity(), program, context.ui.colors_messages())
        .map_err(|reason| SettingsError::Environment { name: env::LOG.name, reason }.into())
}

/// Runs a command to its end; Ctrl-C and SIGTERM end every command that does not run the server.
///
/// # Errors
///
/// Why the command failed.
pub async fn run(context: &Context, command: Command) -> Result<(), CliError> {
    let is_deploy = matches!(&command, Command::Deploy(args) if args.command.is_none());
    let outcome = if command.is_serving() {
        Box::pin(dispatch(context, command)).await
    } else {
        // Dropping a command also ends the programs that it runs.
        tokio::select! {
            outcome = Box::pin(dispatch(context, command)) => outcome,
            () = shutdown_signal() => match is_deploy {
                true => Err(CliError::interrupted().hint(hints::RESUME)),
                false => Err(CliError::interrupted()),
            },
        }
    };
    context.warn_of_ending_token();
    outcome.map_err(|error| context.explain(error))
}

async fn dispatch(context: &Context, command: Command) -> Result<(), CliError> {
    match command {
        Command::Check(args) => check::run(context, args).await,
        Command::Deploy(mut args) => match args.take_command() {
            Ok(None) => deploy::run(context, &args).await,
            Ok(Some(DeployCommand::List(args))) => deployments::list::run(context, args).await,
            Ok(Some(DeployCommand::Promote(args))) => deploy::promote::run(context, args).await,
            Err(reason) => Err(CliError::new(ErrorCode::UsageError, reason)),
        },
        Command::Deployments(DeploymentsCommand::Diff(args)) => deployments::diff::run(context, args).await,
        Command::Deployments(DeploymentsCommand::Files(args)) => deployments::files::run(context, args).await,
        Command::Deployments(DeploymentsCommand::List(args)) => deployments::list::run(context, args).await,
        Command::Deployments(DeploymentsCommand::Logs(args)) => deployments::logs::run(context, args).await,
        Command::Deployments(DeploymentsCommand::Show(args)) => deployments::show::run(context, args).await,
        Command::Generate(GenerateCommand::Completions(args)) => generate::completions::run(context, args).await,
        Command::Generate(GenerateCommand::Man(args)) => generate::man::run(context, args).await,
        Command::Init(args) => init::run(context, args).await,
        Command::Login(args) => login::run(context, args).await,
        Command::Logout => logout::run(context).await,
        Command::Org(OrgCommand::Audit(args)) => org::audit::run(context, args).await,
        Command::Org(OrgCommand::Create(args)) => org::create::run(context, args).await,
        Command::Org(OrgCommand::Delete(args)) => org::delete::run(context, args).await,
        Command::Org(OrgCommand::List) => org::list::run(context).await,
        Command::Org(OrgCommand::Members(command)) => org::members::run(context, command).await,
        Command::Profile(ProfileCommand::List) => profile::list::run(context).await,
        Command::Profile(ProfileCommand::Remove(args)) => profile::remove::run(context, args).await,
        Command::Profile(ProfileCommand::Use(args)) => profile::select::run(context, args).await,
        Command::Rollback(args) => rollback::run(context, args).await,
        #[cfg(feature = "server")]
        Command::Serve(args) => serve::run(context, args).await,
        Command::Session(SessionCommand::List) => session::list::run(context).await,
        Command::Session(SessionCommand::Revoke(args)) => session::revoke::run(context, args).await,
        Command::Site(SiteCommand::Create(args)) => site::create::run(context, args).await,
        Command::Site(SiteCommand::Delete(args)) => site::delete::run(context, args).await,
        Command::Site(SiteCommand::List(args)) => site::list::run(context, args).await,
        Command::Site(SiteCommand::Show(args)) => site::show::run(context, args).await,
        Command::Token(TokenCommand::Audit(args)) => token::audit::run(context, args).await,
        Command::Token(TokenCommand::Create(args)) => token::create::run(context, args).await,
        Command::Token(TokenCommand::Delete(args)) => token::delete::run(context, args).await,
        Command::Token(TokenCommand::List(args)) => token::list::run(context, args).await,
        Command::Token(TokenCommand::Rotate(args)) => token::rotate::run(context, args).await,
        Command::Token(TokenCommand::Show(args)) => token::show::run(context, args).await,
        Command::Token(TokenCommand::Verify(args)) => token::verify::run(context, args).await,
        Command::User(UserCommand::Disable(args)) => user::disable::run(context, args).await,
        Command::User(UserCommand::Enable(args)) => user::enable::run(context, args).await,
        Command::User(UserCommand::Invite(args)) => user::invite::run(context, args).await,
        Command::User(UserCommand::List) => user::list::run(context).await,
        Command::User(UserCommand::Reset(args)) => user::reset::run(context, args).await,
        Command::Whoami => whoami::run(context).await,
    }
}

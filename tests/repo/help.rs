//! The tree of commands.

use clap::Command;

use crate::contract::command;

#[test]
fn the_tree_of_commands_is_consistent() {
    command().debug_assert();
}

#[test]
fn secrets_from_the_environment_are_not_in_help_texts() {
    for_each(&command(), &mut |path, command| {
        for argument in command.get_arguments() {
            let Some(variable) = argument.get_env().map(|name| name.to_string_lossy().to_uppercase()) else { continue };
            let is_secret = ["TOKEN", "SECRET", "PASSWORD"].iter().any(|word| variable.contains(word));
            let is_hidden = argument.is_hide_env_values_set();
            assert!(!is_secret || is_hidden, "`{path}` shows the value of {variable} in its help");
        }
    });
}

#[test]
fn there_is_no_option_for_a_secret() {
    for_each(&command(), &mut |path, command| {
        for argument in command.get_arguments() {
            let long = argument.get_long().unwrap_or_default();
            assert!(!["token", "secret", "password"].contains(&long), "`{path} --{long}` would be in process lists");
        }
    });
}

#[test]
fn every_command_and_option_is_explained() {
    for_each(&command(), &mut |path, command| {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        assert!(!about.is_empty() && !about.ends_with('.'), "`{path}` needs one line without a full stop: {about:?}");
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            assert!(argument.get_help().is_some(), "`{path}`: `{}` has no help", argument.get_id());
        }
    });
}

/// Calls `judge` with every command and how it is typed.
fn for_each(command: &Command, judge: &mut dyn FnMut(&str, &Command)) {
    fn walk(path: &str, command: &Command, judge: &mut dyn FnMut(&str, &Command)) {
        judge(path, command);
        for child in command.get_subcommands() {
            walk(&format!("{path} {}", child.get_name()), child, judge);
        }
    }
    walk(command.get_name(), command, judge);
}

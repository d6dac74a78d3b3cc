# shellcheck shell=bash
snapshot_command() { fail "to be written"; }

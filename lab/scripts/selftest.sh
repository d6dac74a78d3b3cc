# shellcheck shell=bash
selftest() { fail "to be written"; }

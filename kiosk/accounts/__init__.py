"""Who may sign in, and what each may do.

roles        the table of roles and rights; pure
models       tables
passwords    argon2, and what a password must be
second       the second step: codes of an authenticator app
signing_in   from a name and a password to a signed-in person, and back out
tokens       what programs show instead, to use the JSON API
operations   the verbs of an administrator, each on record
guard        what stands before every page: signed in, allowed, not sent by another site
reach        the stations and zones that somebody's rights reach
views, token_views, cli, token_cli   pages and commands
"""

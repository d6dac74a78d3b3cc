-- What audits found at a side, as JSON; nothing where nothing was found.
alter table side add column drift text;

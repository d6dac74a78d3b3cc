-- What a connection had before the update under way.
alter table connection add column previous text;

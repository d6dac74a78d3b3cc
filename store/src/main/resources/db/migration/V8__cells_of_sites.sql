-- By which cloud a site is listed: its Keystone and its cell, as in its document.
alter table site add column auth_url varchar(255) not null default '';
alter table site add column cell varchar(255);
-- MariaDB quotes what it takes out of a document, SQLite does not.
update site set
    auth_url = replace(json_extract(document, '$.cloud.auth_url'), '"', ''),
    cell = nullif(replace(json_extract(document, '$.cloud.cell'), '"', ''), 'null');

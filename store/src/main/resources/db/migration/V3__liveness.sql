-- What the gateways see of a connection all the time; empty until something was amiss for the first time.
alter table connection add column liveness text;

create table papers (
    code text not null primary key,
    note text null,
    body blob null
);

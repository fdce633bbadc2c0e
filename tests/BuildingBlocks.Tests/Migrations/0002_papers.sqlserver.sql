create table papers (
    code nvarchar(200) collate Latin1_General_100_BIN2 not null primary key,
    note nvarchar(max) collate Latin1_General_100_BIN2 null,
    body varbinary(max) null
);

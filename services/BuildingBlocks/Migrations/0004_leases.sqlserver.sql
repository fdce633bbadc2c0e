-- Work that one process may do at a time, and who does it. fence counts every taking of any lease: a lease that was taken over has
-- another one, and what its former holder still writes names the old one.
create table leases (
    fence bigint identity(1,1) not null primary key,
    name varchar(200) collate Latin1_General_100_BIN2 not null unique,
    owner varchar(100) collate Latin1_General_100_BIN2 not null,
    until_at datetime2(7) not null
);

-- Work that one process may do at a time, and who does it. fence counts every taking of any lease: a lease that was taken over has
-- another one, and what its former holder still writes names the old one.
create table leases (
    fence integer primary key autoincrement,
    name text not null unique,
    owner text not null,
    until_at text not null
);

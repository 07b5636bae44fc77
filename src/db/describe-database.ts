/** An at sign after the host: the password has a `/`, `?` or `#` in it, and what looks like the host is part of it. */
const hasPasswordInItsWay = /^[^/]*\/\/[^/?#]*[/?#].*@/s;

/** Host and database that a connection string names, `db.example.com:5432/tminus`; null when that can't be told for sure. */
export function describeDatabase(url: string): string | null {
  if (!URL.canParse(url) || hasPasswordInItsWay.test(url)) return null;
  const { host, pathname, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? (host || 'localhost')}${pathname}`;
}

/** What one version's counters stand at; buckets are cumulative, by `le`. */
export interface PageVersion {
  version: string;
  /** Requests by HTTP code. */
  codes: Record<string, number>;
  buckets?: Record<string, number>;
  instance?: string;
}

/** Writes a metrics page as a service would. */
export function writeMetricsPage(...versions: PageVersion[]): string {
  const lines = versions.flatMap(({ version, codes, buckets = {}, instance = 'a' }) => [
    ...Object.entries(codes).map(
      ([code, count]) =>
        `http_request_duration_seconds_count{version="${version}",code="${code}",instance="${instance}"} ${count}`,
    ),
    ...Object.entries(buckets).map(
      ([le, count]) =>
        `http_request_duration_seconds_bucket{version="${version}",le="${le}",instance="${instance}"} ${count}`,
    ),
  ]);
  return [...lines, ''].join('\n');
}

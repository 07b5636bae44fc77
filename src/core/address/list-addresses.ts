/** Addresses as people read them: `#support`, `#support and #emea`, `#support, #emea and #sales`. */
export function listAddresses(addresses: readonly string[]): string {
  const last = addresses.at(-1) ?? '';
  const others = addresses.slice(0, -1);
  return others.length > 0 ? `${others.join(', ')} and ${last}` : last;
}

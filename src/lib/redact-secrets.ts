const secrets = [
  /xox[a-z](?:\.xox[a-z])?-[\w.%-]+/gi,
  /xapp-[\w-]+/gi,
  /https?:\/\/hooks\.slack\.com\/[^\s"']+/gi,
  /Bearer\s+[^\s"']+/gi,
  /(wss?:\/\/[^\s"'?]+)\?[^\s"']+/gi,
  /\bv0=[0-9a-f]{64}\b/gi,
  // The password in an address, up to the last at sign: one that is not encoded may hold others.
  /(?<=:\/\/[^\s"'/:@]{0,100}:)[^\s"']{1,1000}(?=@)/g,
  /(?<=[?&]password=)[^\s"'&]+/gi,
  // The values of a query that failed, as Drizzle tells them: tokens, addresses, whole messages. A stack follows.
  /(?<=\nparams: )[\s\S]*?(?=\n {4}at |$)/g,
  // The signature by which a webhook's address is a secret.
  /(?<=[?&]sig=)[^\s"'&]+/gi,
];

/** `text` with tokens, signatures, response URLs, socket tickets, passwords in addresses and the values of queries replaced. */
export function redactSecrets(text: string): string {
  return secrets.reduce((line, secret) => line.replace(secret, '[redacted]'), text);
}

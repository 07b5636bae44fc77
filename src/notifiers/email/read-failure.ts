import type { SendOutcome } from '../../services/ports/message-channel.ts';

/** What is known of an attempt that failed. */
export interface SmtpFailure {
  message: string;
  /** nodemailer's word for what failed: `EAUTH`, `ETLS`. */
  code?: string | undefined;
  /** Node's word for it, when it was the connection: `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  originalCode?: string | undefined;
  /** The command to which the server answered: `RCPT TO`. */
  command?: string | undefined;
  /** The server's answer, such as 550; undefined when there was none. */
  responseCode?: number | undefined;
}

/** Of a certificate that can't be trusted, as Node calls it. */
const certificateError = /CERT|SELF_SIGNED|ALTNAME/;

type Failure = Exclude<SendOutcome, { result: 'sent' }>;

/**
 * What a failure says of the message. `begun`: a part of its text was on its way, so that without an answer nobody
 * knows whether the server took it: SMTP has no look-up.
 */
export function readFailure(failure: SmtpFailure, begun: boolean): Failure {
  const { message: detail, code, command, responseCode } = failure;
  if (responseCode === undefined) {
    if (begun) return { result: 'unknown', detail };
    const isTls = code === 'ETLS' || certificateError.test(failure.originalCode ?? '');
    if (isTls)
      return { result: 'closed', code: 'tls', detail: `The connection could not be encrypted: ${detail}` };
    return { result: 'not-sent', detail };
  }
  if (code === 'EAUTH' && responseCode >= 500) {
    return {
      result: 'closed',
      code: `smtp-${responseCode}`,
      detail: `The SMTP server refuses our password: ${detail}`,
    };
  }
  if (code === 'ETLS') return { result: 'closed', code: 'tls', detail };
  // Temporary; or, 503, about the session rather than the message (RFC 5321, 4.2.1).
  if (responseCode < 500 || responseCode === 503) return { result: 'not-sent', detail };
  if (command === 'RCPT TO' || begun || command === 'DATA') {
    return { result: 'refused', code: `smtp-${responseCode}`, detail };
  }
  return {
    result: 'closed',
    code: `smtp-${responseCode}`,
    detail: `The SMTP server takes nothing from us: ${detail}`,
  };
}

/** The connector's way of saying no: a status, and a code with a sentence. */
export class ConnectorRefusal extends Error {
  override name = 'ConnectorRefusal';
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  static badSyntax(message: string): ConnectorRefusal {
    return new ConnectorRefusal(400, 'BadSyntax', message);
  }

  static noConversation(id: string): ConnectorRefusal {
    return new ConnectorRefusal(404, 'ConversationNotFound', `Conversation not found: ${id}`);
  }

  static throttled(retryAfterSeconds?: number): ConnectorRefusal {
    const hint = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
    return new ConnectorRefusal(429, 'Throttled', 'API calls quota exceeded.', hint);
  }
}

/** Where a message was posted, in the ids of its channel. */
export interface PostedMessage {
  messageId: string;
  channelId: string;
}

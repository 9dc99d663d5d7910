/** What cannot be read or checked at all. The message is one line for people. */
export class UnreadableInput extends Error {
  constructor(message: string) {
    // It quotes names and texts of the input, which may hold line ends and terminal escapes.
    super(message.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 1000));
  }
}

/** What the bundle has in place of Bolt's receivers and its installation by OAuth: whoever makes one is told. */
class NoReceiver {
  constructor() {
    throw new Error("Bolt's own receivers are not part of this program; it brings its own.");
  }
}

module.exports = { __esModule: true, default: NoReceiver };

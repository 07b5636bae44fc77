/** What the bundle has in place of Express: whoever makes an app of it is told why there is none. */
module.exports = () => {
  throw new Error('Express is not part of this program; Slack is received by its own receiver.');
};
module.exports.Router = module.exports;

// Runs in CloudFront (runtime cloudfront-js-2.0) for every viewer request. SETTINGS is defined before this file.

var immutable = new RegExp(SETTINGS.immutable);

/** Returns whether a URL is that of a file whose name changes with its content. */
function isImmutable(uri) {
  return immutable.test(uri.substring(1));
}

/** Returns the path of the file for a request. A URL without an extension is a page. */
function route(uri) {
  var name = uri.substring(uri.lastIndexOf('/') + 1);
  if (name.indexOf('.') >= 0 || uri.indexOf('/.well-known/') === 0 || isImmutable(uri)) return uri;
  if (SETTINGS.singlePage) return '/index.html';
  return uri + (name === '' ? '' : '/') + 'index.html';
}

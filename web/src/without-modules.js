// For browsers that know no modules: they get what the server made for who has no script, or the
// table that it makes of the same view.
// Plain old JavaScript, since newer words are what these browsers do not read.
// biome-ignore-all lint: ES5
/* eslint-disable */
(function () {
  // In a frame it stands there already, and only has to be shown.
  var frame = document.querySelector('wk-embed noscript');
  if (frame) {
    frame.outerHTML = '<div>' + frame.textContent + '</div>';
    return;
  }
  // What the table knows of an address; anything else would be refused.
  var known = [
    'jaar',
    'niveau',
    'methode',
    'aantalKlassen',
    'klassegrenzen',
    'schaal',
    'binnen',
    'taal',
  ];
  var config = JSON.parse(document.getElementById('wk-configuratie').innerHTML);
  var root = config.pad || '';
  var topic = /^\/kaart\/([^\/]+)\/?$/.exec(location.pathname.slice(root.length));
  var parts = [];
  var has = {};
  var pairs = location.search.slice(1).split('&');
  for (var at = 0; at < pairs.length; at += 1) {
    var name = pairs[at].split('=')[0];
    if (known.indexOf(name) < 0 || pairs[at] === 'binnen=land' || has[name]) continue;
    has[name] = true;
    parts.push(pairs[at]);
  }
  if (!has.niveau) parts.unshift('niveau=' + config.niveau);
  if (config.binnen && !/[?&]binnen=/.test(location.search)) parts.push('binnen=' + config.binnen);
  location.replace(
    root + '/kaart/' + (topic ? topic[1] : config.indicator) + '/tabel?' + parts.join('&'),
  );
})();

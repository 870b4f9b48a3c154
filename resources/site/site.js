/* Search without a server: names, people's words, whole pinyin and initials. Written for old browsers too. */
(function () {
  "use strict";
  var data = window.DAIBAN, form = document.getElementById("search");
  if (!data || !form) return;
  var box = document.getElementById("text"), mode = document.getElementById("mode"), topic = document.getElementById("topic"),
    org = document.getElementById("org"), whole = document.getElementById("whole"), found = document.getElementById("found"),
    said = document.getElementById("said"), more = document.getElementById("more");
  var MODES = { proxy: "可代办", assist: "仅帮办", presence: "须本人到场" }, PAGE = 50, shown = PAGE, answer = [];

  function fold(text) {
    text = text.normalize ? text.normalize("NFKC") : text;
    text = text.replace(/[^\x00-\x7f]/g, function (char) { return data.variants[char] || char; });
    return text.toLowerCase().replace(/^\s+|\s+$/g, "").replace(/\s+/g, " ");
  }

  /* Each name once: as it is written (the data has it folded), and its sounds a character. */
  var items = data.items.map(function (one) {
    return {
      one: one,
      names: one.called.map(function (written, place) {
        var spoken = [];
        for (var at = 0; at < written.length; at++) {
          var char = written.charAt(at), high = written.charCodeAt(at);
          if (high >= 0xd800 && high < 0xdc00) char += written.charAt(++at);
          if (data.sounds[char]) spoken.push(data.sounds[char]);
          else if (/[a-z0-9]/.test(char)) spoken.push([char]);
        }
        return { written: written, spoken: spoken, whole: place !== one.theme };
      })
    };
  });

  /* Whether `typed` is said from syllable `at` on: each whole, the last as far as it was typed. */
  function said_from(spoken, at, typed) {
    if (!typed) return true;
    return at < spoken.length && spoken[at].some(function (sound) { return goes_on(spoken, at, sound, typed); });
  }

  function goes_on(spoken, at, sound, typed) {
    if (sound.indexOf(typed) === 0) return true;
    return typed.indexOf(sound) === 0 && said_from(spoken, at + 1, typed.slice(sound.length));
  }

  /* The same from within a syllable on. */
  function said_within(spoken, at, typed) {
    return spoken[at].some(function (sound) {
      for (var from = 1; from < sound.length; from++) if (goes_on(spoken, at, sound.slice(from), typed)) return true;
      return false;
    });
  }

  function initials_said(spoken, at, typed) {
    if (at + typed.length > spoken.length) return false;
    for (var i = 0; i < typed.length; i++) {
      var letter = typed.charAt(i);
      if (!spoken[at + i].some(function (sound) { return sound.charAt(0) === letter; })) return false;
    }
    return true;
  }

  /* As the counter's program ranks. 0: begins so; 1: has it somewhere; 2: has it not. */
  function rank(name, term, latin) {
    var least = written_rank(name.written, term);
    for (var at = 0; latin && least && at < name.spoken.length; at++) {
      if (initials_said(name.spoken, at, term) || (name.whole && said_from(name.spoken, at, term))) least = Math.min(least, at ? 1 : 0);
      else if (least > 1 && name.whole && said_within(name.spoken, at, term)) least = 1;
      if (at === 0 && least === 1) break;
    }
    return least;
  }

  function written_rank(written, term) {
    var place = written.indexOf(term);
    return place < 0 ? 2 : place > 0 ? 1 : 0;
  }

  function best(item, term) {
    var latin = /^[a-z0-9]+$/.test(term), least = written_rank(item.one.handled, term);
    for (var i = 0; i < item.names.length && least > 0; i++) least = Math.min(least, rank(item.names[i], term, latin));
    return least;
  }

  function look() {
    var terms = fold(box.value).split(" ").filter(Boolean), first = [], others = [];
    var narrowed = mode.value || topic.value || org.value;
    items.forEach(function (item) {
      var one = item.one;
      if ((mode.value && one.mode !== mode.value) || (topic.value && one.topic !== topic.value) || (org.value && one.org !== org.value)) return;
      var ranks = terms.map(function (term) { return best(item, term); });
      if (ranks.indexOf(2) >= 0) return;
      (ranks[0] ? others : first).push(one);
    });
    answer = first.concat(others);
    if (!answer.length && terms.length) answer = data.items.filter(function (one) { return fold(one.code) === fold(box.value); });
    shown = PAGE;
    var asks = terms.length > 0 || narrowed;
    whole.hidden = !!asks;
    found.hidden = !asks;
    said.textContent = !asks ? "" : answer.length ? "找到 " + answer.length + " 个事项" : "没有找到。换个说法，或打 12345 问一问。";
    draw();
  }

  function add(parent, name, kind, words) {
    var made = document.createElement(name);
    if (kind) made.className = kind;
    if (words) made.appendChild(document.createTextNode(words));
    parent.appendChild(made);
    return made;
  }

  function draw() {
    while (found.firstChild) found.removeChild(found.firstChild);
    answer.slice(0, found.hidden ? 0 : shown).forEach(function (one) {
      var line = add(found, "li", "entry"), link = add(line, "a", "name", one.name);
      link.href = "items/" + one.file + ".html";
      if (one.sample) add(link, "span", "mark", "示例");
      add(line, "span", "mode " + one.mode, MODES[one.mode] || "");
      add(line, "span", "by", one.by);
    });
    more.hidden = found.hidden || answer.length <= shown;
  }

  function address() {
    var asked = [box, mode, topic, org].map(function (field) { return field.value && field.name + "=" + encodeURIComponent(field.value); });
    location.replace("#" + asked.filter(Boolean).join("&"));
  }

  function recall() {
    location.hash.slice(1).split("&").forEach(function (pair) {
      var cut = pair.indexOf("="), field = cut > 0 && form.elements[pair.slice(0, cut)];
      if (field) try { field.value = decodeURIComponent(pair.slice(cut + 1)); } catch (_) { /* typed by hand */ }
    });
    look();
  }

  var waits = 0;
  box.addEventListener("input", function () { clearTimeout(waits); waits = setTimeout(function () { look(); address(); }, 80); });
  [mode, topic, org].forEach(function (field) { field.addEventListener("change", function () { look(); address(); }); });
  form.addEventListener("submit", function (event) { event.preventDefault(); look(); address(); if (answer.length === 1) location.href = "items/" + answer[0].file + ".html"; });
  more.addEventListener("click", function () { shown += PAGE; draw(); });
  form.hidden = false;
  recall();
})();

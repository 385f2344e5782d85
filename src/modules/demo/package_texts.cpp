#include "modules/demo/package_texts.hpp"

namespace concentric::demo {
namespace {

constexpr char manifest[] = R"(<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="family-meeting" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
    xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="meeting">
    <organization identifier="meeting">
      <title>开一次家庭会议</title>
      <item identifier="read" identifierref="read-page"><title>读一读：十五分钟怎么用</title></item>
      <item identifier="try" identifierref="try-page"><title>试一试：三个选择</title><adlcp:masteryscore>60</adlcp:masteryscore></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="read-page" type="webcontent" adlcp:scormtype="sco" href="read.html"><file href="read.html"/></resource>
    <resource identifier="try-page" type="webcontent" adlcp:scormtype="sco" href="try.html"><file href="try.html"/></resource>
  </resources>
</manifest>
)";

// Looks for the runtime as ADL's samples do.
constexpr char script[] = R"(function find(win) {
  for (var steps = 0; !win.API && win.parent && win.parent !== win && steps < 8; steps++) win = win.parent
  return win.API
}
var api = find(window)
if (api) api.LMSInitialize('')
function keep(name, value) {
  if (api) api.LMSSetValue(name, String(value))
}
function kept(name) {
  return api ? api.LMSGetValue(name) : ''
}
function save() {
  if (api) api.LMSCommit('')
}
)";

constexpr char style[]
    = R"(body { margin: 0; padding: 20px; font: 17px/1.8 system-ui, sans-serif; color: #24302b; background: #fbfaf6; }
h1 { font-size: 22px; }
button { font: inherit; padding: 8px 16px; margin: 4px 8px 4px 0; border: 1px solid #1f6f54; border-radius: 8px; color: #1f6f54; background: #fff; cursor: pointer; }
button:hover { background: #e8f3ee; }
fieldset { border: 1px solid #dcd8cc; border-radius: 8px; margin: 0 0 12px; }
)";

constexpr char read_page[] = R"(<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>读一读</title><link rel="stylesheet" href="style.css"></head>
<body>
<main>
  <section><h1>一、每人说一件高兴的事</h1><p>先从孩子开始。听的人只说“谢谢你告诉我”，不评论。</p></section>
  <section hidden><h1>二、只商量一个问题</h1><p>谁都可以提。把办法都写下来，先不说行不行，再一起挑一个试一周。</p></section>
  <section hidden><h1>三、写下来，贴在门上</h1><p>谁、什么时候、做什么。下次开会先看看做得怎么样。</p></section>
  <button type="button" id="next">下一页</button>
  <p id="end" hidden>读完了。可以打开目录里的“试一试”。</p>
</main>
<script src="package.js"></script>
<script>
  var pages = document.querySelectorAll('section')
  var present = Math.min(Number(kept('cmi.core.lesson_location')) || 0, pages.length - 1)
  function show() {
    pages.forEach(function (page, place) { page.hidden = place !== present })
    var is_last = present === pages.length - 1
    document.getElementById('next').hidden = is_last
    document.getElementById('end').hidden = !is_last
    keep('cmi.core.lesson_location', present)
    keep('cmi.core.lesson_status', is_last ? 'completed' : 'incomplete')
    save()
  }
  document.getElementById('next').addEventListener('click', function () { present++; show() })
  show()
</script>
</body>
</html>
)";

constexpr char try_page[] = R"(<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>试一试</title><link rel="stylesheet" href="style.css"></head>
<body>
<main>
  <h1>三个选择</h1>
  <form>
    <fieldset><legend>孩子说到一半，您想起了一件事。</legend>
      <label><input type="radio" name="q1" value="1"> 先记下来，等他说完</label><br><label><input type="radio" name="q1" value="0"> 趁没忘，马上说</label></fieldset>
    <fieldset><legend>大家想商量三个问题。</legend>
      <label><input type="radio" name="q2" value="0"> 一次都说完</label><br><label><input type="radio" name="q2" value="1"> 这次只挑一个</label></fieldset>
    <fieldset><legend>上周说好的事没有做到。</legend>
      <label><input type="radio" name="q3" value="1"> 问问难在哪里，一起改办法</label><br><label><input type="radio" name="q3" value="0"> 下周加倍</label></fieldset>
    <button type="submit">交卷</button>
  </form>
  <p id="result" role="status"></p>
</main>
<script src="package.js"></script>
<script>
  document.querySelector('form').addEventListener('submit', function (event) {
    event.preventDefault()
    var right = [1, 2, 3].filter(function (n) {
      var chosen = document.querySelector('input[name=q' + n + ']:checked')
      return chosen && chosen.value === '1'
    }).length
    var score = Math.round(right * 100 / 3)
    keep('cmi.core.score.min', 0)
    keep('cmi.core.score.max', 100)
    keep('cmi.core.score.raw', score)
    keep('cmi.core.lesson_status', score >= 60 ? 'passed' : 'failed')
    save()
    document.getElementById('result').textContent = '得分 ' + score + '。' + (score >= 60 ? '通过了。' : '再想一想，可以重新交卷。')
  })
</script>
</body>
</html>
)";

} // namespace

std::vector<std::pair<std::string, std::string>> package_files()
{
    return {{"imsmanifest.xml", manifest}, {"package.js", script}, {"style.css", style}, {"read.html", read_page},
        {"try.html", try_page}};
}

} // namespace concentric::demo

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
 <context>
  <name>daiban</name>
  <message>
   <source> %1 列</source>
   <translation> column %1</translation>
  </message>
  <message>
   <source> %1 的备份里的</source>
   <translation>the one of the backup of %1</translation>
  </message>
  <message>
   <source> 等</source>
   <translation> and more</translation>
  </message>
  <message>
   <source> 等 %1 处</source>
   <translation> and others, %1 in all</translation>
  </message>
  <message>
   <source>%1 %2 %3 收下，实收 %4 件</source>
   <translation>%1 taken over by %2 %3, %4 received</translation>
  </message>
  <message>
   <source>%1 %2 带往 %3</source>
   <translation>%1 taken by %2 to %3</translation>
  </message>
  <message>
   <source>%1 %2 次</source>
   <translation>%1 %2 times</translation>
  </message>
  <message>
   <source>%1 %2，不再计时</source>
   <translation>%1 %2; no longer counted</translation>
  </message>
  <message>
   <source>%1 个工作日</source>
   <translation>%1 working days</translation>
  </message>
  <message>
   <source>%1 个文件放在 %2。</source>
   <translation>%1 files are in %2.</translation>
  </message>
  <message>
   <source>%1 个月</source>
   <translation>%1 months</translation>
  </message>
  <message>
   <source>%1 个村久未联系：</source>
   <translation>%1 villages are silent: </translation>
  </message>
  <message>
   <source>%1 个窗口</source>
   <translation>%1 windows</translation>
  </message>
  <message>
   <source>%1 个窗口，%2 个不在线</source>
   <translation>%1 windows, %2 away</translation>
  </message>
  <message>
   <source>%1 件</source>
   <translation>%1 cases</translation>
  </message>
  <message>
   <source>%1 件在办</source>
   <translation>%1 open cases</translation>
  </message>
  <message>
   <source>%1 件结果已到，可通知来取。</source>
   <translation>%1 results are here; people can be told.</translation>
  </message>
  <message>
   <source>%1 份回信写到盘上</source>
   <translation>%1 answers written</translation>
  </message>
  <message>
   <source>%1 份已到中心</source>
   <translation>%1 at the centre</translation>
  </message>
  <message>
   <source>%1 份没有印出</source>
   <translation>%1 not printed</translation>
  </message>
  <message>
   <source>%1 份等着送</source>
   <translation>%1 wait</translation>
  </message>
  <message>
   <source>%1 分钟</source>
   <translation>%1 minutes</translation>
  </message>
  <message>
   <source>%1 列：%2（没有这一项，没有取）</source>
   <translation>Column %1: %2 (nothing of ours, not taken)</translation>
  </message>
  <message>
   <source>%1 办过“%2”（%3）</source>
   <translation>“%2” was handled on %1 (%3)</translation>
  </message>
  <message>
   <source>%1 号窗口</source>
   <translation>Window %1</translation>
  </message>
  <message>
   <source>%1 处，每处 %2 个事项。</source>
   <translation>%1 places, %2 items each.</translation>
  </message>
  <message>
   <source>%1 处，每处一份。</source>
   <translation>%1 places, one sheet each.</translation>
  </message>
  <message>
   <source>%1 天前</source>
   <translation>%1 days ago</translation>
  </message>
  <message>
   <source>%1 已了结</source>
   <translation>closed on %1</translation>
  </message>
  <message>
   <source>%1 已核对：%2</source>
   <translation>%1 looked into: %2</translation>
  </message>
  <message>
   <source>%1 年的调休安排尚未公布，按法定节日和周六、周日休息推算，日期为暂定。</source>
   <translation>The shifted working days of %1 are not announced yet; counted with the statutory festivals, Saturdays and Sundays as free, so the date is provisional.</translation>
  </message>
  <message>
   <source>%1 张，约 %2 kB，跟在记录后面送</source>
   <translation>%1, about %2 kB, sent after the records</translation>
  </message>
  <message>
   <source>%1 户%2</source>
   <translation>%1 households%2</translation>
  </message>
  <message>
   <source>%1 改为 %2</source>
   <translation>%1 is now %2</translation>
  </message>
  <message>
   <source>%1 日</source>
   <translation>%1 days</translation>
  </message>
  <message>
   <source>%1 是休息日，窗口不办公。</source>
   <translation>%1 is a day off; the counter is closed.</translation>
  </message>
  <message>
   <source>%1 条</source>
   <translation>%1</translation>
  </message>
  <message>
   <source>%1 条记录</source>
   <translation>%1 entries</translation>
  </message>
  <message>
   <source>%1 没有应答：那台电脑没开、不在同一个网络，或被防火墙挡住。</source>
   <translation>%1 does not answer: that PC is off, in another network, or behind a firewall.</translation>
  </message>
  <message>
   <source>%1 测试页</source>
   <translation>Test page %1</translation>
  </message>
  <message>
   <source>%1 生</source>
   <translation>born %1</translation>
  </message>
  <message>
   <source>%1 画</source>
   <translation>%1 strokes</translation>
  </message>
  <message>
   <source>%1 秒</source>
   <translation>%1 seconds</translation>
  </message>
  <message>
   <source>%1 第 %2 版重复</source>
   <translation>%1 version %2 stands twice</translation>
  </message>
  <message>
   <source>%1 第 %2 页</source>
   <translation>%1 page %2</translation>
  </message>
  <message>
   <source>%1 纸用哪台打印机</source>
   <translation>Printer for %1</translation>
  </message>
  <message>
   <source>%1%2份数</source>
   <translation>%1: number of %2</translation>
  </message>
  <message>
   <source>%1%2是老系统的字，已改成“%3”。</source>
   <translation>%1%2 is a character of an old system; it is now “%3”.</translation>
  </message>
  <message>
   <source>%1“%2”（%3 行）</source>
   <translation>%1“%2” (%3 rows)</translation>
  </message>
  <message>
   <source>%1　%2 户</source>
   <translation>%1　%2 households</translation>
  </message>
  <message>
   <source>%1　%2　%3 生　%4</source>
   <translation>%1　%2　born %3　%4</translation>
  </message>
  <message>
   <source>%1　%2　收件号尾号 %3</source>
   <translation>%1　%2　intake number ends in %3</translation>
  </message>
  <message>
   <source>%1　%2　收件号尾号 %3　%4</source>
   <translation>%1　%2　intake number ends %3　%4</translation>
  </message>
  <message>
   <source>%1　册里：%2　这次填的：%3</source>
   <translation>%1　in the book: %2　typed now: %3</translation>
  </message>
  <message>
   <source>%1　在本机，待送中心</source>
   <translation>%1　on this PC, waiting for the centre</translation>
  </message>
  <message>
   <source>%1　已到中心</source>
   <translation>%1　at the centre</translation>
  </message>
  <message>
   <source>%1。原因：%2</source>
   <translation>%1. Reason: %2</translation>
  </message>
  <message>
   <source>%1与件数不符，不予接收。</source>
   <translation>%1 does not have the number of parts that it says; not taken.</translation>
  </message>
  <message>
   <source>%1为起始日，不计入；期限 %2。</source>
   <translation>%1 is the starting day and does not count; limit %2.</translation>
  </message>
  <message>
   <source>%1为起算日，不计入；提前 %2。</source>
   <translation>%1 is the day counted from and does not count; %2 ahead.</translation>
  </message>
  <message>
   <source>%1原件份数</source>
   <translation>originals of %1</translation>
  </message>
  <message>
   <source>%1原件已当场退还</source>
   <translation>%1: original given back at once</translation>
  </message>
  <message>
   <source>%1原件当场退还</source>
   <translation>%1: original given back at once</translation>
  </message>
  <message>
   <source>%1只有数字。</source>
   <translation>%1 has digits only.</translation>
  </message>
  <message>
   <source>%1哪天补来</source>
   <translation>%1: follows on</translation>
  </message>
  <message>
   <source>%1复印件份数</source>
   <translation>copies of %1</translation>
  </message>
  <message>
   <source>%1工作表“%2”不是名册，没有取。</source>
   <translation>The %1sheet “%2” is no roll and was not taken.</translation>
  </message>
  <message>
   <source>%1已到场</source>
   <translation>%1 came</translation>
  </message>
  <message>
   <source>%1已经记下这些材料，没有再计一次</source>
   <translation>%1 had written these papers down; they were not counted again</translation>
  </message>
  <message>
   <source>%1应有 %2 组，每组 5 位数字。</source>
   <translation>%1 has %2 groups of 5 digits each.</translation>
  </message>
  <message>
   <source>%1忘记了密码</source>
   <translation>%1 forgot the password</translation>
  </message>
  <message>
   <source>%1手里没有在办的办件。</source>
   <translation>%1 has no open case.</translation>
  </message>
  <message>
   <source>%1断了，不予接收。</source>
   <translation>%1 is cut off; it was not taken.</translation>
  </message>
  <message>
   <source>%1无法识读，不予接收。</source>
   <translation>%1 cannot be read and is not taken.</translation>
  </message>
  <message>
   <source>%1是对当事人行使的权力，群众不能申请。</source>
   <translation>%1 is a power exercised against somebody; nobody applies for it.</translation>
  </message>
  <message>
   <source>%1是更新版本的程序写的，这里还读不懂。</source>
   <translation>%1 written by a newer program; it cannot be read here yet.</translation>
  </message>
  <message>
   <source>%1是空的。</source>
   <translation>%1 is empty.</translation>
  </message>
  <message>
   <source>%1最长 %2 字，写在一行里。</source>
   <translation>%1: %2 characters at most, in one line.</translation>
  </message>
  <message>
   <source>%1来自未登记的终端，不予接收。</source>
   <translation>%1 from a desk that is not registered; not taken.</translation>
  </message>
  <message>
   <source>%1没有写法律责任</source>
   <translation>%1 states no liability</translation>
  </message>
  <message>
   <source>%1没有写裁量分档（没有裁量幅度的写“无”）</source>
   <translation>%1 states no bands of discretion (write 无 where there is no discretion)</translation>
  </message>
  <message>
   <source>%1没有写责任事项</source>
   <translation>%1 states no duties</translation>
  </message>
  <message>
   <source>%1由“%2”改为“%3”</source>
   <translation>%1 changed from “%2” to “%3”</translation>
  </message>
  <message>
   <source>%1的办件</source>
   <translation>Cases of %1</translation>
  </message>
  <message>
   <source>%1的办件，只能查看</source>
   <translation>A case of %1, to look at only</translation>
  </message>
  <message>
   <source>%1的办件，本机只能查看</source>
   <translation>A case of %1; here it can only be looked at</translation>
  </message>
  <message>
   <source>%1的发送方不是终端编号，不予接收。</source>
   <translation>The sender of the %1 is no node's name; it is not taken.</translation>
  </message>
  <message>
   <source>%1的头无法识读，不予接收。</source>
   <translation>%1 whose header cannot be read; not taken.</translation>
  </message>
  <message>
   <source>%1的头过长，不予接收。</source>
   <translation>%1 with too long a header; not taken.</translation>
  </message>
  <message>
   <source>%1的长度或版本不符，不予接收。</source>
   <translation>%1 of a wrong length or version; not taken.</translation>
  </message>
  <message>
   <source>%1第 %2 组“%3”不对。</source>
   <translation>%1: group %2, “%3”, is wrong.</translation>
  </message>
  <message>
   <source>%1签名不符，不予接收。</source>
   <translation>%1 with a wrong signature; not taken.</translation>
  </message>
  <message>
   <source>%1签名说%2的第 %3 条记录是另一个样子，与本机知道的不同；本机的没有改动，两边的都留着备查。请与旗中心核对，也可在中心的公开页“记录校验”上比对。</source>
   <translation>%1 signed that entry %3 of %2 is another one than is known here. What is here was not changed; both are kept. Please check with the banner centre, or compare with its public page of heads.</translation>
  </message>
  <message>
   <source>%1签收</source>
   <translation>signed for by %1</translation>
  </message>
  <message>
   <source>%1补来日期</source>
   <translation>%1: follows on</translation>
  </message>
  <message>
   <source>%1要在%2前 %3%4。</source>
   <translation>%1 by %3 before %2%4.</translation>
  </message>
  <message>
   <source>%1设好了，代办员%2。%3</source>
   <translation>%1 is set up, agent %2. %3</translation>
  </message>
  <message>
   <source>%1读不出来，没有接收。</source>
   <translation>%1 cannot be read; it was not taken.</translation>
  </message>
  <message>
   <source>%1超过 %2，没有读。</source>
   <translation>%1 has more than %2; it was not read.</translation>
  </message>
  <message>
   <source>%1转来：%2</source>
   <translation>Passed on by %1: %2</translation>
  </message>
  <message>
   <source>%1退回</source>
   <translation>sent back by %1</translation>
  </message>
  <message>
   <source>%1里的密钥无法识读，不予接收。</source>
   <translation>%1: the keys in it cannot be read; not taken.</translation>
  </message>
  <message>
   <source>%1（%2 年起）</source>
   <translation>%1 (since %2)</translation>
  </message>
  <message>
   <source>%1（%2 张）</source>
   <translation>%1 (%2 pictures)</translation>
  </message>
  <message>
   <source>%1（%2—%3 年）</source>
   <translation>%1 (%2 to %3)</translation>
  </message>
  <message>
   <source>%1（%2）在等同意：编号 %3</source>
   <translation>%1 (%2) waits for a yes: number %3</translation>
  </message>
  <message>
   <source>%1（%2），现在是 %3。%4</source>
   <translation>%1 (%2), now %3. %4</translation>
  </message>
  <message>
   <source>%1（到 %2 年）</source>
   <translation>%1 (until %2)</translation>
  </message>
  <message>
   <source>%1（原件 %2，复印件 %3）</source>
   <translation>%1 (%2 originals, %3 copies)</translation>
  </message>
  <message>
   <source>%1（第 %2 次补打）</source>
   <translation>%1 (copy no. %2)</translation>
  </message>
  <message>
   <source>%1（试了 %2 次，从 %3 起）</source>
   <translation>%1 (tried %2 times since %3)</translation>
  </message>
  <message>
   <source>%1，%2 件。</source>
   <translation>%1, %2 cases.</translation>
  </message>
  <message>
   <source>%1，%2 做的，现在是 %3。%4</source>
   <translation>%1, made %2; now %3. %4</translation>
  </message>
  <message>
   <source>%1，%2 户：每一户的办件都作废，已经发出的回执请收回。</source>
   <translation>%1, %2 households: the case of each is voided; please take back receipts that were handed out.</translation>
  </message>
  <message>
   <source>%1，依据%2：%3仍收件的原因：</source>
   <translation>%1, by %2: %3 Taken in all the same because: </translation>
  </message>
  <message>
   <source>%1，文书编号 %2</source>
   <translation>%1, document number %2</translation>
  </message>
  <message>
   <source>%1，最近一次 %2</source>
   <translation>%1, the last time %2</translation>
  </message>
  <message>
   <source>%1，期间不计时</source>
   <translation>%1, not counted meanwhile</translation>
  </message>
  <message>
   <source>%1，由别的窗口接手 %2 件</source>
   <translation>%1, another window took over %2 cases</translation>
  </message>
  <message>
   <source>%1，编号 %2：%3 在 %4 同意取回</source>
   <translation>%1, number %2: %3 let it fetch, %4</translation>
  </message>
  <message>
   <source>%1：已记录。</source>
   <translation>%1: recorded.</translation>
  </message>
  <message>
   <source>%1：文件太大，没有收。</source>
   <translation>%1: too large, not taken.</translation>
  </message>
  <message>
   <source>%1：时限规则没有写依据</source>
   <translation>%1: the time-limit rule names no legal basis</translation>
  </message>
  <message>
   <source>%1：第 %2 版与第 %3 版的有效期重叠</source>
   <translation>%1: versions %2 and %3 overlap</translation>
  </message>
  <message>
   <source>%1：第 %2 版比第 %3 版晚实施，号却小，用不上</source>
   <translation>%1: version %2 begins later than version %3 but has a lower number; it would never count</translation>
  </message>
  <message>
   <source>%1：这一项不在本代办点收件，请到便民服务中心或指定的代办点办</source>
   <translation>%1: this item is not taken in at this point; go to the convenience centre or a point that is named</translation>
  </message>
  <message>
   <source>%1：这个证件号码在册里有，写的不一样</source>
   <translation>%1: this number is in the book, but written otherwise</translation>
  </message>
  <message>
   <source>%1：逾期后果只能是 accepted、abandoned 或空</source>
   <translation>%1: the consequence of silence can only be accepted, abandoned or empty</translation>
  </message>
  <message>
   <source>10 分钟</source>
   <translation>10 minutes</translation>
  </message>
  <message>
   <source>20 分钟</source>
   <translation>20 minutes</translation>
  </message>
  <message>
   <source>30 分钟</source>
   <translation>30 minutes</translation>
  </message>
  <message>
   <source>5 分钟</source>
   <translation>5 minutes</translation>
  </message>
  <message>
   <source>7 日内办过同一事项：</source>
   <translation>Same item within 7 days: </translation>
  </message>
  <message>
   <source>7 日内同一人再办同一事项：%1</source>
   <translation>Same person and item again within 7 days: %1</translation>
  </message>
  <message>
   <source>OFD 原文件不转不裁，它的每一页另有图片。</source>
   <translation>The OFD file itself is neither turned nor cropped; each of its pages has a picture.</translation>
  </message>
  <message>
   <source>OFD 的一个部分</source>
   <translation>A part of an OFD</translation>
  </message>
  <message>
   <source>OFD 的签章只照样子画出，没有验证；要核验请用原文件。</source>
   <translation>The seal of this OFD is only drawn, not verified; use the original file to verify it.</translation>
  </message>
  <message>
   <source>OFD 里有 %1 处图形画不出，要看全请用原文件。</source>
   <translation>%1 drawings in this OFD cannot be shown; use the original file to see all of it.</translation>
  </message>
  <message>
   <source>OFD 里有 %1 处图形画不出；签章只照样子画出，没有验证。要看全、要核验，请用原文件。</source>
   <translation>%1 drawings in this OFD cannot be shown; its seal is only drawn, not verified. Use the original file to see all of it and to verify it.</translation>
  </message>
  <message>
   <source>U盘上的答复有效。请设新密码。</source>
   <translation>The answer on the stick is good. Please set a new password.</translation>
  </message>
  <message>
   <source>U盘写不进去（%1）。</source>
   <translation>The stick cannot be written (%1).</translation>
  </message>
  <message>
   <source>U盘带来的</source>
   <translation>From sticks</translation>
  </message>
  <message>
   <source>U盘或另一块盘上的一个文件夹。每次备份也放一份在那里；没插上就等下次，不打扰。备份是加密的，没有密码打不开。</source>
   <translation>A folder on a stick or another disk. Each backup goes there, too; where it is not plugged in, the next time will do. Backups are encrypted and open only with a password.</translation>
  </message>
  <message>
   <source>U盘或文件夹</source>
   <translation>USB stick or folder</translation>
  </message>
  <message>
   <source>U盘或高拍仪可能已拔下，请接好再取。</source>
   <translation>The stick or the document camera may have been unplugged; connect it and take it again.</translation>
  </message>
  <message>
   <source>U盘读不出来。</source>
   <translation>The stick cannot be read.</translation>
  </message>
  <message>
   <source>U盘：收到 %1 条，写出 %2 条，等送到中心。</source>
   <translation>Stick: %1 entries received, %2 written, to be carried to the centre.</translation>
  </message>
  <message>
   <source>“%1”%2，更正未生效</source>
   <translation>“%1” %2; the correction is not in force</translation>
  </message>
  <message>
   <source>“%1”不像电话号码，应如 0479-2512345、13900000000 或 12345，几个号码用顿号隔开。</source>
   <translation>“%1” does not look like a telephone; write 0479-2512345, 13900000000 or 12345, several with 、 between them.</translation>
  </message>
  <message>
   <source>“%1”不在可选项里。</source>
   <translation>“%1” is none of the choices.</translation>
  </message>
  <message>
   <source>“%1”不完整，后半截没有。</source>
   <translation>“%1” is cut off: its second half is missing.</translation>
  </message>
  <message>
   <source>“%1”不是数字。</source>
   <translation>“%1” is no number.</translation>
  </message>
  <message>
   <source>“%1”不是文件，没有读。</source>
   <translation>“%1” is not a file; it was not read.</translation>
  </message>
  <message>
   <source>“%1”不是日期。</source>
   <translation>“%1” is no date.</translation>
  </message>
  <message>
   <source>“%1”不是能打开的 OFD。</source>
   <translation>“%1” is no OFD that can be opened.</translation>
  </message>
  <message>
   <source>“%1”不是能打开的 PDF。</source>
   <translation>“%1” is no PDF that can be opened.</translation>
  </message>
  <message>
   <source>“%1”不是能打开的图片。</source>
   <translation>“%1” is no picture that can be opened.</translation>
  </message>
  <message>
   <source>“%1”不能由中心作出</source>
   <translation>“%1” cannot be done by a centre</translation>
  </message>
  <message>
   <source>“%1”不能由代办点作出</source>
   <translation>“%1” cannot be done by a service point</translation>
  </message>
  <message>
   <source>“%1”写得太长。</source>
   <translation>"%1" is too long.</translation>
  </message>
  <message>
   <source>“%1”勾选了却是 0 份，请填份数。</source>
   <translation>“%1” is ticked with 0 copies; enter how many.</translation>
  </message>
  <message>
   <source>“%1”可以后补，请写明何时补来。</source>
   <translation>“%1” may follow later; say when it will be brought.</translation>
  </message>
  <message>
   <source>“%1”太大，内存不够。</source>
   <translation>“%1” is too large for this machine's memory.</translation>
  </message>
  <message>
   <source>“%1”太大，超过 %2 亿像素。</source>
   <translation>“%1” is too large, more than %2 hundred million pixels.</translation>
  </message>
  <message>
   <source>“%1”太大：%2最多 %3，没有读。</source>
   <translation>“%1” is too large: %2 may have %3 at most; it was not read.</translation>
  </message>
  <message>
   <source>“%1”已保存。</source>
   <translation>“%1” saved.</translation>
  </message>
  <message>
   <source>“%1”已写成 %2。</source>
   <translation>“%1” written as %2.</translation>
  </message>
  <message>
   <source>“%1”已写成“%2”。</source>
   <translation>“%1” written as “%2”.</translation>
  </message>
  <message>
   <source>“%1”已经记着了。</source>
   <translation>“%1” is noted already.</translation>
  </message>
  <message>
   <source>“%1”带了单位“%2”%3。</source>
   <translation>“%1” has the unit “%2”%3.</translation>
  </message>
  <message>
   <source>“%1”应为整数。</source>
   <translation>“%1” should be a whole number.</translation>
  </message>
  <message>
   <source>“%1”打不开，或不是图片。</source>
   <translation>“%1” cannot be opened, or is no picture.</translation>
  </message>
  <message>
   <source>“%1”改回印汉文。</source>
   <translation>“%1” prints in Chinese again.</translation>
  </message>
  <message>
   <source>“%1”是 0 份，也没有图片。</source>
   <translation>“%1” has no copies and no picture.</translation>
  </message>
  <message>
   <source>“%1”是合并单元格，只记在第一行。</source>
   <translation>“%1” is a merged cell; it counts in its first row only.</translation>
  </message>
  <message>
   <source>“%1”是必要材料：请收齐后勾选，或写明没有的原因。</source>
   <translation>“%1” is required: tick it when it is here, or say why it is not.</translation>
  </message>
  <message>
   <source>“%1”是空文件。</source>
   <translation>“%1” is an empty file.</translation>
  </message>
  <message>
   <source>“%1”是空的。</source>
   <translation>“%1” is empty.</translation>
  </message>
  <message>
   <source>“%1”是苹果手机的 HEIC 照片，读不出来。</source>
   <translation>“%1” is a HEIC photograph of an iPhone and cannot be read.</translation>
  </message>
  <message>
   <source>“%1”是负数。</source>
   <translation>“%1” is negative.</translation>
  </message>
  <message>
   <source>“%1”有 %2 MB，超过 %3 MB。</source>
   <translation>“%1” has %2 MB, more than %3 MB.</translation>
  </message>
  <message>
   <source>“%1”有 %2 页，一次最多 %3 页。</source>
   <translation>“%1” has %2 pages; at most %3 at a time.</translation>
  </message>
  <message>
   <source>“%1”的内容太长或分了行。</source>
   <translation>The text for “%1” is too long or has several lines.</translation>
  </message>
  <message>
   <source>“%1”的内容里没有蒙古文字母。</source>
   <translation>There is no Mongolian letter in the text for “%1”.</translation>
  </message>
  <message>
   <source>“%1”的单位是%2，这里按%3记。</source>
   <translation>“%1” is in %2, here it is kept in %3.</translation>
  </message>
  <message>
   <source>“%1”的审定日期不对。</source>
   <translation>The review date of “%1” is not right.</translation>
  </message>
  <message>
   <source>“%1”要密码才能打开。</source>
   <translation>“%1” opens only with a password.</translation>
  </message>
  <message>
   <source>“%1”要求原件 %2 份、复印件 %3 份。</source>
   <translation>“%1” wants %2 originals and %3 copies.</translation>
  </message>
  <message>
   <source>“%1”解开后太大：%2最多 %3，没有读。</source>
   <translation>“%1” is too large once unpacked: %2 may have %3 at most; it was not read.</translation>
  </message>
  <message>
   <source>“%1”说好 %2 补来，%3</source>
   <translation>“%1” was to follow on %2, %3</translation>
  </message>
  <message>
   <source>“%1”读不出来。</source>
   <translation>“%1” cannot be read.</translation>
  </message>
  <message>
   <source>“%1”读不出来（%2）。</source>
   <translation>“%1” cannot be read (%2).</translation>
  </message>
  <message>
   <source>“%1”读不出来，可能坏了，或是很老的格式。</source>
   <translation>“%1” cannot be read: it may be damaged or of a very old format.</translation>
  </message>
  <message>
   <source>“%1”读不到了。</source>
   <translation>“%1” can no longer be read.</translation>
  </message>
  <message>
   <source>“%1”里的内容太多：%2最多 %3 %4，没有读。</source>
   <translation>“%1” has too much in it: %2 may have %3 %4 at most; it was not read.</translation>
  </message>
  <message>
   <source>“%1”须由收件的代办点作出</source>
   <translation>“%1” can only be done by the point that took the case in</translation>
  </message>
  <message>
   <source>“更正”须由收件的代办点或收到这件办件的中心作出</source>
   <translation>a correction is made by the point that took the case in or the centre that it came to</translation>
  </message>
  <message>
   <source>“转给窗口”须由收件的代办点作出</source>
   <translation>“passed on” must be written by the point that took the case in</translation>
  </message>
  <message>
   <source>↑↓ 选择　回车前往　Esc 关闭</source>
   <translation>↑↓ choose　Enter go　Esc close</translation>
  </message>
  <message>
   <source>　没有核对码</source>
   <translation>  code not checked</translation>
  </message>
  <message>
   <source>一个 PDF，每处有书签</source>
   <translation>One PDF, a bookmark for each place</translation>
  </message>
  <message>
   <source>一个词写成一行。</source>
   <translation>Write a word on one line.</translation>
  </message>
  <message>
   <source>一件一评，已经评价过</source>
   <translation>One case, one rating: it was rated before</translation>
  </message>
  <message>
   <source>一张 A4 两份：裁开后左边一摞放在右边一摞上，就是名册的顺序</source>
   <translation>two on an A4: cut, lay the left pile on the right one, and they are in the order of the roll</translation>
  </message>
  <message>
   <source>一户也没有登记，名册还在。</source>
   <translation>No household was registered; the roll is still there.</translation>
  </message>
  <message>
   <source>一格里有 %1 个电话，取了 %2；没有取：%3。</source>
   <translation>%1 telephones in one cell: %2 taken, not taken: %3.</translation>
  </message>
  <message>
   <source>一次性告知单(&amp;G)</source>
   <translation>What to bring(&amp;G)</translation>
  </message>
  <message>
   <source>一次性告知补正</source>
   <translation>Supplements asked for, once</translation>
  </message>
  <message>
   <source>一次问的终端太多，不予接收。</source>
   <translation>Too many desks were asked about at once; not taken.</translation>
  </message>
  <message>
   <source>一行也没有导入。</source>
   <translation>Not a row was taken in.</translation>
  </message>
  <message>
   <source>一边了结，一边交件</source>
   <translation>Ended at one, handed over at the other</translation>
  </message>
  <message>
   <source>上一步(&amp;B)</source>
   <translation>Back(&amp;B)</translation>
  </message>
  <message>
   <source>上传的文件</source>
   <translation>An uploaded file</translation>
  </message>
  <message>
   <source>上午</source>
   <translation>morning</translation>
  </message>
  <message>
   <source>上午还是下午(&amp;P)</source>
   <translation>Morning or afternoon(&amp;P)</translation>
  </message>
  <message>
   <source>上次互通</source>
   <translation>met last</translation>
  </message>
  <message>
   <source>上次关闭时有 %1 份没有印出。</source>
   <translation>%1 papers were not printed when the program was closed last.</translation>
  </message>
  <message>
   <source>上次关闭程序时还没有印出来。</source>
   <translation>It was not printed yet when the program was closed last.</translation>
  </message>
  <message>
   <source>上次成功</source>
   <translation>Last success</translation>
  </message>
  <message>
   <source>上次登录以后输错密码：%1。</source>
   <translation>Wrong passwords since the last login: %1.</translation>
  </message>
  <message>
   <source>上次登录以后，有人输错密码 %1 次：%2。</source>
   <translation>Since the last login a wrong password was typed %1 times: %2.</translation>
  </message>
  <message>
   <source>上次登记的办件在，没有改动。</source>
   <translation>The case registered before is there, unchanged.</translation>
  </message>
  <message>
   <source>上次连上中心</source>
   <translation>centre last reached</translation>
  </message>
  <message>
   <source>上海市</source>
   <translation>Shanghai</translation>
  </message>
  <message>
   <source>下一步</source>
   <translation>Next</translation>
  </message>
  <message>
   <source>下一步(&amp;N)</source>
   <translation>Next(&amp;N)</translation>
  </message>
  <message>
   <source>下午</source>
   <translation>afternoon</translation>
  </message>
  <message>
   <source>下属村</source>
   <translation>Villages</translation>
  </message>
  <message>
   <source>下属村没有忘记密码的申请。</source>
   <translation>No village has asked for help with a password.</translation>
  </message>
  <message>
   <source>下属村的办件</source>
   <translation>Cases of the villages</translation>
  </message>
  <message>
   <source>下属村的办件没有收全：%1</source>
   <translation>The villages' cases did not all come: %1</translation>
  </message>
  <message>
   <source>下次同步时换用新密钥；以前开出的回执仍然有效。</source>
   <translation>New keys are used from the next sync on; receipts given before stay valid.</translation>
  </message>
  <message>
   <source>下次同步时接着送。</source>
   <translation>The next sync goes on.</translation>
  </message>
  <message>
   <source>不一致</source>
   <translation>Contradiction</translation>
  </message>
  <message>
   <source>不予</source>
   <translation>Refused</translation>
  </message>
  <message>
   <source>不予决定</source>
   <translation>Decision: refused</translation>
  </message>
  <message>
   <source>不予受理</source>
   <translation>Not accepted</translation>
  </message>
  <message>
   <source>不再登记这 %1 户，只登记其余 %2 户</source>
   <translation>Leave these %1 households out, register the other %2</translation>
  </message>
  <message>
   <source>不再给它(&amp;R)</source>
   <translation>Give it no more(&amp;R)</translation>
  </message>
  <message>
   <source>不再让新电脑取回</source>
   <translation>Let a new PC fetch no more</translation>
  </message>
  <message>
   <source>不印</source>
   <translation>Not printed</translation>
  </message>
  <message>
   <source>不印了</source>
   <translation>Do not print</translation>
  </message>
  <message>
   <source>不取</source>
   <translation>Leave out</translation>
  </message>
  <message>
   <source>不在线</source>
   <translation>not here</translation>
  </message>
  <message>
   <source>不得有“其他材料”兜底</source>
   <translation>“other materials” is not allowed</translation>
  </message>
  <message>
   <source>不是中心</source>
   <translation>Not the centre</translation>
  </message>
  <message>
   <source>不是中心的回信。</source>
   <translation>This is not the centre's answer.</translation>
  </message>
  <message>
   <source>不是代办台写的文件，没有收。</source>
   <translation>not written by Daiban Desk, not taken.</translation>
  </message>
  <message>
   <source>不是封给本旗中心的，没有收。</source>
   <translation>not sealed to this banner's centre, not taken.</translation>
  </message>
  <message>
   <source>不是您自己输的，就问一问谁用过这台电脑，并在“设置”里改一次密码。</source>
   <translation>If it was not you, ask who used this PC, and change your password in the settings.</translation>
  </message>
  <message>
   <source>不是本苏木乡镇的村，没有收。</source>
   <translation>of a village that is not this township's, not taken.</translation>
  </message>
  <message>
   <source>不是真的，或不是这里认得的代办点开出的。请与开出回执的代办点核对。</source>
   <translation>Not genuine, or not from a point that is known here. Please ask the point that issued the receipt.</translation>
  </message>
  <message>
   <source>不满意</source>
   <translation>Dissatisfied</translation>
  </message>
  <message>
   <source>不用联网。认得的是本机开出的回执；别处的请到中心网页核验。</source>
   <translation>Works off line. Receipts of this machine are known here; check others on the centre's web page.</translation>
  </message>
  <message>
   <source>不用联网就能写，没写完关掉也留着；随下次同步报给旗中心。不要写国家秘密、商业秘密和个人隐私。</source>
   <translation>It is written without a network and kept when you close it; it goes to the centre with the next sync. No state or trade secrets, nothing personal.</translation>
  </message>
  <message>
   <source>不登记的，请取消，名册留着不动。</source>
   <translation>To register nothing, cancel; the roll stays as it is.</translation>
  </message>
  <message>
   <source>不知道是哪个苏木乡镇、嘎查村，定不了由谁办。</source>
   <translation>Which sumu, town, gacha or village is not known, so nobody can be named.</translation>
  </message>
  <message>
   <source>不符</source>
   <translation>differs</translation>
  </message>
  <message>
   <source>不符合“%1”，依据%2：%3</source>
   <translation>Does not meet “%1”, by %2: %3</translation>
  </message>
  <message>
   <source>不符：%1　%2</source>
   <translation>Differs: %1　%2</translation>
  </message>
  <message>
   <source>不能停用正在使用的账号。</source>
   <translation>The account in use cannot be closed.</translation>
  </message>
  <message>
   <source>不自动锁</source>
   <translation>Never by itself</translation>
  </message>
  <message>
   <source>不要了(&amp;D)</source>
   <translation>Discard (&amp;D)</translation>
  </message>
  <message>
   <source>不要安装，请告诉旗中心。</source>
   <translation>Do not install it; tell the banner centre.</translation>
  </message>
  <message>
   <source>不要这份了(&amp;X)</source>
   <translation>Drop it(&amp;X)</translation>
  </message>
  <message>
   <source>不见了</source>
   <translation>is gone</translation>
  </message>
  <message>
   <source>不评价(&amp;N)</source>
   <translation>No rating(&amp;N)</translation>
  </message>
  <message>
   <source>不转也不裁，回到加入时的样子</source>
   <translation>Neither turned nor cropped, as it was added</translation>
  </message>
  <message>
   <source>与中心反复对不上，已停下。</source>
   <translation>This desk and the centre keep disagreeing; stopped.</translation>
  </message>
  <message>
   <source>与中心收发</source>
   <translation>Send to and receive from the centre</translation>
  </message>
  <message>
   <source>与中心核对本机的记录</source>
   <translation>Comparing this desk's records with the centre</translation>
  </message>
  <message>
   <source>与中心的连接中途断了。</source>
   <translation>The connection to the centre broke off.</translation>
  </message>
  <message>
   <source>与中心说的不一致</source>
   <translation>Other than the centre says</translation>
  </message>
  <message>
   <source>与对方的连接断了。</source>
   <translation>The connection to the other side broke.</translation>
  </message>
  <message>
   <source>与户主关系</source>
   <translation>Relation to the head</translation>
  </message>
  <message>
   <source>与报过的、生效的一样。</source>
   <translation>It is the same as what was handed in or is in force.</translation>
  </message>
  <message>
   <source>与现有不同</source>
   <translation>Unlike the book</translation>
  </message>
  <message>
   <source>与现有不同 %1 人</source>
   <translation>%1 unlike the book</translation>
  </message>
  <message>
   <source>与现有不同（%1）</source>
   <translation>Unlike the book (%1)</translation>
  </message>
  <message>
   <source>与申请人的关系 *</source>
   <translation>Relation to the applicant *</translation>
  </message>
  <message>
   <source>与申请人的关系(&amp;X)</source>
   <translation>Relation to the applicant(&amp;X)</translation>
  </message>
  <message>
   <source>与第 %1 行的证件号码相同。</source>
   <translation>The same identity number as row %1.</translation>
  </message>
  <message>
   <source>两个窗口写的不一致：%1，请核对</source>
   <translation>two windows wrote what cannot both be true (%1); please check</translation>
  </message>
  <message>
   <source>两个窗口各收了一份</source>
   <translation>each window took one in</translation>
  </message>
  <message>
   <source>两个窗口同时登记了同一个人</source>
   <translation>two windows registered one person at once</translation>
  </message>
  <message>
   <source>两个窗口记的对不上</source>
   <translation>Two windows wrote otherwise</translation>
  </message>
  <message>
   <source>两个窗口记的没有对不上的。</source>
   <translation>Nothing that two windows wrote contradicts.</translation>
  </message>
  <message>
   <source>两个窗口都能接着办；改到同一处时两边都会看到。</source>
   <translation>Both windows can go on; where both change the same, both are shown it.</translation>
  </message>
  <message>
   <source>两份都收了，份数已合计</source>
   <translation>both were taken in, the numbers are added up</translation>
  </message>
  <message>
   <source>两份都算(&amp;A)</source>
   <translation>Both count(&amp;A)</translation>
  </message>
  <message>
   <source>两份都算(&amp;L)</source>
   <translation>Both count(&amp;L)</translation>
  </message>
  <message>
   <source>两次输入的密码不一样。</source>
   <translation>The two passwords differ.</translation>
  </message>
  <message>
   <source>两边不一致的</source>
   <translation>Contradictions</translation>
  </message>
  <message>
   <source>两边核对</source>
   <translation>Settled</translation>
  </message>
  <message>
   <source>两边的记录没有分岔，不用换终端编号。</source>
   <translation>The two logs did not run apart; no other number is needed.</translation>
  </message>
  <message>
   <source>个文件</source>
   <translation>files</translation>
  </message>
  <message>
   <source>个说法</source>
   <translation>words</translation>
  </message>
  <message>
   <source>个账号</source>
   <translation>accounts</translation>
  </message>
  <message>
   <source>个连接</source>
   <translation>connections</translation>
  </message>
  <message>
   <source>个部分</source>
   <translation>parts</translation>
  </message>
  <message>
   <source>个附件</source>
   <translation>attachments</translation>
  </message>
  <message>
   <source>个音节</source>
   <translation>syllables</translation>
  </message>
  <message>
   <source>中</source>
   <translation>中</translation>
  </message>
  <message>
   <source>中中中中</source>
   <translation>中中中中</translation>
  </message>
  <message>
   <source>中心</source>
   <translation>Centre</translation>
  </message>
  <message>
   <source>中心关于下属村的答复与条数不符，不予接收。</source>
   <translation>The centre's answer about the villages has another number of entries than it says; it was not taken.</translation>
  </message>
  <message>
   <source>中心关于下属村的答复断了，不予接收。</source>
   <translation>The centre's answer about the villages breaks off; it was not taken.</translation>
  </message>
  <message>
   <source>中心关于下属村的答复没有尽头。</source>
   <translation>The centre's answer about the villages has no end.</translation>
  </message>
  <message>
   <source>中心关于下属村的答复里夹有别处的记录。</source>
   <translation>The centre's answer about the villages holds entries from elsewhere.</translation>
  </message>
  <message>
   <source>中心关于同点终端的答复</source>
   <translation>The centre's answer about desks of this point</translation>
  </message>
  <message>
   <source>中心关于同点终端的答复没有尽头。</source>
   <translation>The centre's answer about this point's other desks has no end.</translation>
  </message>
  <message>
   <source>中心关于图片的回复无法识读。</source>
   <translation>The centre's answer about pictures cannot be read.</translation>
  </message>
  <message>
   <source>中心关于本机记录的答复</source>
   <translation>The centre's answer about this desk's entries</translation>
  </message>
  <message>
   <source>中心回复里夹有别处的记录。</source>
   <translation>The centre's answer holds records from elsewhere.</translation>
  </message>
  <message>
   <source>中心回复里的记录无法识读。</source>
   <translation>Records in the centre's answer cannot be read.</translation>
  </message>
  <message>
   <source>中心地址(&amp;A)</source>
   <translation>Centre's address(&amp;A)</translation>
  </message>
  <message>
   <source>中心地址“%1”不对。</source>
   <translation>The centre's address “%1” is wrong.</translation>
  </message>
  <message>
   <source>中心地址和入网码要一起填；还没有的，两个都空着。</source>
   <translation>Enter both the address and the code; leave both empty if you have none yet.</translation>
  </message>
  <message>
   <source>中心地址已保存。</source>
   <translation>The centre's address is saved.</translation>
  </message>
  <message>
   <source>中心已作出决定，“%1”的更正未生效</source>
   <translation>The centre has decided; the correction of “%1” is not in force</translation>
  </message>
  <message>
   <source>中心已同意入网。</source>
   <translation>The centre has enrolled this desk.</translation>
  </message>
  <message>
   <source>中心已接收</source>
   <translation>Received by the centre</translation>
  </message>
  <message>
   <source>中心已接收，事项的更正未生效</source>
   <translation>The centre has it; the correction of the item is not in force</translation>
  </message>
  <message>
   <source>中心恢复过备份，请把中心丢失的回复交还给它。</source>
   <translation>The centre came back from a backup; please give back the answers that it lost.</translation>
  </message>
  <message>
   <source>中心恢复过备份：它丢失的 %1 条回复已由本机交还。</source>
   <translation>The centre came back from a backup: this desk gave it back %1 answers that it had lost.</translation>
  </message>
  <message>
   <source>中心接收</source>
   <translation>Received by the centre</translation>
  </message>
  <message>
   <source>中心接收后给出</source>
   <translation>given by the centre on arrival</translation>
  </message>
  <message>
   <source>中心收到材料之日起计算，现在还没有开始。</source>
   <translation>Counts from the day the centre receives the papers; it has not begun.</translation>
  </message>
  <message>
   <source>中心更正</source>
   <translation>Corrected by the centre</translation>
  </message>
  <message>
   <source>中心更正了%1，请告诉申请人，换发回执</source>
   <translation>The centre corrected %1; tell the applicant and exchange the receipt</translation>
  </message>
  <message>
   <source>中心未收</source>
   <translation>Not taken</translation>
  </message>
  <message>
   <source>中心未采纳</source>
   <translation>Not accepted by the centre</translation>
  </message>
  <message>
   <source>中心正忙</source>
   <translation>Centre busy</translation>
  </message>
  <message>
   <source>中心正忙，请稍后再试。</source>
   <translation>The centre is busy; try again later.</translation>
  </message>
  <message>
   <source>中心没有登记这台终端，请重新入网。</source>
   <translation>The centre does not know this desk; enrol again.</translation>
  </message>
  <message>
   <source>中心没有这一项；可能是本机的程序比中心新。</source>
   <translation>The centre does not have this; perhaps the program here is newer than the centre's.</translation>
  </message>
  <message>
   <source>中心的信不是写给本机的，不予接收。</source>
   <translation>The centre's letter is not for this desk; it was not taken.</translation>
  </message>
  <message>
   <source>中心的名片</source>
   <translation>The centre's card</translation>
  </message>
  <message>
   <source>中心的回信里夹有别的文件。</source>
   <translation>The centre's answer holds other files.</translation>
  </message>
  <message>
   <source>中心的回复</source>
   <translation>The centre's answer</translation>
  </message>
  <message>
   <source>中心的回复不是回传批次。</source>
   <translation>The centre's answer is no feed.</translation>
  </message>
  <message>
   <source>中心的回复没有尽头。</source>
   <translation>The centre's answer has no end.</translation>
  </message>
  <message>
   <source>中心的回应</source>
   <translation>The centre's answer</translation>
  </message>
  <message>
   <source>中心的备份说明</source>
   <translation>The note in a centre's backup</translation>
  </message>
  <message>
   <source>中心的安全证书核对不过（常因本机时钟不准），没有连接。</source>
   <translation>The centre's certificate could not be verified (often because this clock is wrong); not connected.</translation>
  </message>
  <message>
   <source>中心的磁盘满了，没有接收；内容都在本机，请过一会儿再送。</source>
   <translation>The centre's disk is full and took nothing; everything is kept here, please send again later.</translation>
  </message>
  <message>
   <source>中心的程序太旧，读不懂本机的格式。</source>
   <translation>The centre's program is too old to read this PC's format.</translation>
  </message>
  <message>
   <source>中心的程序是旧的，拿不出本机签过名的记录，没有取回。</source>
   <translation>The centre's program is an older one and cannot show what this desk signed; nothing was taken back.</translation>
  </message>
  <message>
   <source>中心的程序比本机新，已不用本机的格式。</source>
   <translation>The centre's program is newer and no longer uses this PC's format.</translation>
  </message>
  <message>
   <source>中心的程序还不能收转送的U盘，请中心升级；文件都留在本机。</source>
   <translation>The centre's program does not take carried sticks yet: it has to be updated. The files stay on this computer.</translation>
  </message>
  <message>
   <source>中心的通知</source>
   <translation>Notices of the centre</translation>
  </message>
  <message>
   <source>中心答的不是这封信，不予接收。</source>
   <translation>The centre answered another letter; it was not taken.</translation>
  </message>
  <message>
   <source>中心签的这一份不是给本机的，不予接收。</source>
   <translation>What the centre signed here is not for this desk; it was not taken.</translation>
  </message>
  <message>
   <source>中心给的 %1 第 %2 至 %3 条记录不是那台终端签的名，没有收；本机已有的没有改动，中心给的另存着备查。请与旗中心和那台终端核对。</source>
   <translation>Entries %2 to %3 of %1, as the centre gives them, were not signed by that desk and were not taken. What is here was not changed; what the centre gave is kept beside. Please check with the banner centre and that desk.</translation>
  </message>
  <message>
   <source>中心给的 %1 第 %2 至 %3 条记录没有本机的签名，没有收作本机的；本机的记录没有改动，中心给的另存着备查。请与旗中心核对。</source>
   <translation>Entries %2 to %3 of %1, as the centre gives them, do not bear this desk's signature and were not taken as its own. What is here was not changed; what the centre gave is kept beside. Please check with the banner centre.</translation>
  </message>
  <message>
   <source>中心给的不是要的那本记录。</source>
   <translation>What the centre gave is not the log that was asked for.</translation>
  </message>
  <message>
   <source>中心给的名单里，本点还没有别的电脑。</source>
   <translation>The centre's list names no other PC of this point yet.</translation>
  </message>
  <message>
   <source>中心给的记录接不上。</source>
   <translation>The records from the centre do not join on.</translation>
  </message>
  <message>
   <source>中心要求补正：</source>
   <translation>The centre asks for: </translation>
  </message>
  <message>
   <source>中文</source>
   <translation>中文</translation>
  </message>
  <message>
   <source>中秋节</source>
   <translation>Mid-Autumn Festival</translation>
  </message>
  <message>
   <source>中间缺少记录，请从中心要求的位置继续发送。</source>
   <translation>Records are missing in between; go on from where the centre says.</translation>
  </message>
  <message>
   <source>临近</source>
   <translation>Soon due</translation>
  </message>
  <message>
   <source>临近和超期</source>
   <translation>Soon due and overdue</translation>
  </message>
  <message>
   <source>为什么再办一件 *</source>
   <translation>Why once more *</translation>
  </message>
  <message>
   <source>为什么再登记（再登记的要写）(&amp;R)</source>
   <translation>Why again (needed where they are registered again) (&amp;R)</translation>
  </message>
  <message>
   <source>为什么接手 *(&amp;R)</source>
   <translation>Why *(&amp;R)</translation>
  </message>
  <message>
   <source>为此人登记(&amp;G)</source>
   <translation>Register for this person(&amp;G)</translation>
  </message>
  <message>
   <source>乌兰察布盟</source>
   <translation>Ulanqab</translation>
  </message>
  <message>
   <source>也取进来</source>
   <translation>Take them too</translation>
  </message>
  <message>
   <source>乡</source>
   <translation>township</translation>
  </message>
  <message>
   <source>乡镇收下信封</source>
   <translation>Envelope at the township</translation>
  </message>
  <message>
   <source>乡镇送出信封</source>
   <translation>Envelope left the township</translation>
  </message>
  <message>
   <source>了结</source>
   <translation>Ended</translation>
  </message>
  <message>
   <source>事业法人</source>
   <translation>Public institution</translation>
  </message>
  <message>
   <source>事项</source>
   <translation>Item</translation>
  </message>
  <message>
   <source>事项(&amp;I)</source>
   <translation>Item(&amp;I)</translation>
  </message>
  <message>
   <source>事项列表</source>
   <translation>List of items</translation>
  </message>
  <message>
   <source>事项名称</source>
   <translation>Name of the item</translation>
  </message>
  <message>
   <source>事项名称、拼音首字母、主题</source>
   <translation>Item, pinyin initials, theme</translation>
  </message>
  <message>
   <source>事项目录无法识读。</source>
   <translation>The catalogue cannot be read.</translation>
  </message>
  <message>
   <source>事项目录没有写明由名录里的哪个机构实施。</source>
   <translation>The catalogue does not say which body of the register exercises it.</translation>
  </message>
  <message>
   <source>事项第 %1 版</source>
   <translation>Item version %1</translation>
  </message>
  <message>
   <source>云南省</source>
   <translation>Yunnan</translation>
  </message>
  <message>
   <source>互通(&amp;W)</source>
   <translation>Wire(&amp;W)</translation>
  </message>
  <message>
   <source>互通没有打开，看不到邻窗。</source>
   <translation>The hall is switched off; no other window is seen.</translation>
  </message>
  <message>
   <source>交了哪些文书、证照(&amp;D)</source>
   <translation>Documents handed over(&amp;D)</translation>
  </message>
  <message>
   <source>交件给申请人</source>
   <translation>Hand over to the applicant</translation>
  </message>
  <message>
   <source>交接清单(&amp;J)</source>
   <translation>Hand-over kit(&amp;J)</translation>
  </message>
  <message>
   <source>交给%1</source>
   <translation>Given to %1</translation>
  </message>
  <message>
   <source>交还</source>
   <translation>given back</translation>
  </message>
  <message>
   <source>交还(&amp;H)</source>
   <translation>Give back(&amp;H)</translation>
  </message>
  <message>
   <source>交还窗口</source>
   <translation>Given back to a window</translation>
  </message>
  <message>
   <source>人或事(&amp;I)</source>
   <translation>Person or matter (&amp;I)</translation>
  </message>
  <message>
   <source>什么也没有导入。</source>
   <translation>Nothing was taken in.</translation>
  </message>
  <message>
   <source>什么也没有改动。</source>
   <translation>Nothing was changed.</translation>
  </message>
  <message>
   <source>什么事</source>
   <translation>What</translation>
  </message>
  <message>
   <source>仅帮办</source>
   <translation>Help only</translation>
  </message>
  <message>
   <source>今天</source>
   <translation>Today</translation>
  </message>
  <message>
   <source>今天到期</source>
   <translation>due today</translation>
  </message>
  <message>
   <source>今天大厅还没有收件。</source>
   <translation>The hall took nothing in yet today.</translation>
  </message>
  <message>
   <source>今天已收 %1 件</source>
   <translation>%1 taken in today</translation>
  </message>
  <message>
   <source>今天收</source>
   <translation>Today</translation>
  </message>
  <message>
   <source>今天收的</source>
   <translation>Taken in today</translation>
  </message>
  <message>
   <source>今天没有临近或超期的办件。</source>
   <translation>No case is near its limit or over it today.</translation>
  </message>
  <message>
   <source>今天没有急事。</source>
   <translation>Nothing urgent today.</translation>
  </message>
  <message>
   <source>今天的收件号只剩 %1 个：先登记前 %2 户，其余的留在名册里，明天接着登记。</source>
   <translation>Today has only %1 intake numbers left: the first %2 households are registered now, the others stay in the roll for tomorrow.</translation>
  </message>
  <message>
   <source>今天的收件号已用完（999 件）。</source>
   <translation>Today's intake numbers are used up (999 cases).</translation>
  </message>
  <message>
   <source>今年</source>
   <translation>This year</translation>
  </message>
  <message>
   <source>今年送件 %1 趟%2</source>
   <translation>%1 trips this year%2</translation>
  </message>
  <message>
   <source>今日</source>
   <translation>Today</translation>
  </message>
  <message>
   <source>从 %1起数满 %2 个工作日，其间休息日和节假日 %3 天不计%4。</source>
   <translation>From %1 a full %2 working days; %3 free days between are not counted%4.</translation>
  </message>
  <message>
   <source>从U盘更新</source>
   <translation>Update from USB stick</translation>
  </message>
  <message>
   <source>从中心取回 %1 条，本机独有的 %2 条已转入，没有丢失。</source>
   <translation>%1 entries were taken back from the centre and the %2 that only this desk had were carried over; nothing was lost.</translation>
  </message>
  <message>
   <source>从原来的文件里找回以后的记录 %1 条，%2。</source>
   <translation>Saved out of the former file, later than the backup: %1 entries, %2.</translation>
  </message>
  <message>
   <source>从哪里来</source>
   <translation>Where from</translation>
  </message>
  <message>
   <source>从哪里转来</source>
   <translation>Passed on by</translation>
  </message>
  <message>
   <source>从未联系</source>
   <translation>Never heard</translation>
  </message>
  <message>
   <source>从照片读码(&amp;P)</source>
   <translation>Read from a photograph (&amp;P)</translation>
  </message>
  <message>
   <source>从邻窗取回</source>
   <translation>Fetch back from a window</translation>
  </message>
  <message>
   <source>从邻窗取回(&amp;B)</source>
   <translation>Fetch back from a window(&amp;B)</translation>
  </message>
  <message>
   <source>从邻窗取回图片</source>
   <translation>Fetching pictures from another window</translation>
  </message>
  <message>
   <source>从邻窗取回记录</source>
   <translation>Fetching records from another window</translation>
  </message>
  <message>
   <source>代办人</source>
   <translation>Came for the applicant</translation>
  </message>
  <message>
   <source>代办人和申请人的证件号码相同。本人来办的，不用填代办人。</source>
   <translation>The one who came and the applicant have the same number. If the applicant came, leave this empty.</translation>
  </message>
  <message>
   <source>代办人电话</source>
   <translation>Proxy's telephone</translation>
  </message>
  <message>
   <source>代办台</source>
   <translation>Daiban Desk</translation>
  </message>
  <message>
   <source>代办台 %1</source>
   <translation>Daiban Desk %1</translation>
  </message>
  <message>
   <source>代办台 %1，%2 已装好，下次打开生效</source>
   <translation>Daiban Desk %1; %2 is installed and begins with the next start</translation>
  </message>
  <message>
   <source>代办台 %1；%2</source>
   <translation>Daiban Desk %1; %2</translation>
  </message>
  <message>
   <source>代办台已经关上。</source>
   <translation>Daiban Desk has been closed.</translation>
  </message>
  <message>
   <source>代办台已经在这台电脑上打开了。</source>
   <translation>Daiban Desk is already open on this computer.</translation>
  </message>
  <message>
   <source>代办台放在哪里（嘎查村、社区，或苏木乡镇、旗县的窗口）(&amp;D)</source>
   <translation>Where the desk stands (gacha, village, community; or the window of a sumu, town or banner) (&amp;D)</translation>
  </message>
  <message>
   <source>代办员</source>
   <translation>Agents</translation>
  </message>
  <message>
   <source>代办员(&amp;A)</source>
   <translation>Agent(&amp;A)</translation>
  </message>
  <message>
   <source>代办点</source>
   <translation>Proxy point</translation>
  </message>
  <message>
   <source>代办点待取</source>
   <translation>At the point, to be fetched</translation>
  </message>
  <message>
   <source>代办点收件</source>
   <translation>Taken in at the point</translation>
  </message>
  <message>
   <source>代办点的电话(&amp;T)</source>
   <translation>Telephone of the point(&amp;T)</translation>
  </message>
  <message>
   <source>代办点的设置已保存。</source>
   <translation>The point's settings are saved.</translation>
  </message>
  <message>
   <source>代办点蒙古文名称</source>
   <translation>Name of the point in Mongolian</translation>
  </message>
  <message>
   <source>代收</source>
   <translation>Received by another</translation>
  </message>
  <message>
   <source>代领原因（他人代领时必填）(&amp;R)</source>
   <translation>Why someone else takes it(&amp;R)</translation>
  </message>
  <message>
   <source>以后再入网(&amp;N)</source>
   <translation>Enrol later(&amp;N)</translation>
  </message>
  <message>
   <source>以往的同步</source>
   <translation>Earlier syncs</translation>
  </message>
  <message>
   <source>份</source>
   <translation>copies</translation>
  </message>
  <message>
   <source>份数应在 0 到 %1 之间。</source>
   <translation>Copies must be between 0 and %1.</translation>
  </message>
  <message>
   <source>企业或个体工商户</source>
   <translation>enterprise or self-employed</translation>
  </message>
  <message>
   <source>企业法人</source>
   <translation>Company</translation>
  </message>
  <message>
   <source>伊克昭盟</source>
   <translation>Ikh Juu</translation>
  </message>
  <message>
   <source>住址</source>
   <translation>Address</translation>
  </message>
  <message>
   <source>住址(&amp;%1)</source>
   <translation>Address(&amp;%1)</translation>
  </message>
  <message>
   <source>作出决定后寄回结果</source>
   <translation>result back after the decision</translation>
  </message>
  <message>
   <source>作废</source>
   <translation>Void</translation>
  </message>
  <message>
   <source>依据(&amp;R)</source>
   <translation>Grounds(&amp;R)</translation>
  </message>
  <message>
   <source>保存(&amp;S)</source>
   <translation>Save (&amp;S)</translation>
  </message>
  <message>
   <source>保存代办点(&amp;B)</source>
   <translation>Save the point(&amp;B)</translation>
  </message>
  <message>
   <source>保存后随同步交给中心，中心采用后才公开。</source>
   <translation>Once saved it goes to the centre with the next sync; it is public only when the centre takes it over.</translation>
  </message>
  <message>
   <source>保存地址(&amp;S)</source>
   <translation>Save address(&amp;S)</translation>
  </message>
  <message>
   <source>保存这个词(&amp;S)</source>
   <translation>Save this label (&amp;S)</translation>
  </message>
  <message>
   <source>保留</source>
   <translation>Kept</translation>
  </message>
  <message>
   <source>信件</source>
   <translation>Letter</translation>
  </message>
  <message>
   <source>信件内容</source>
   <translation>The letter's content</translation>
  </message>
  <message>
   <source>信封</source>
   <translation>Envelopes</translation>
  </message>
  <message>
   <source>信封 %1</source>
   <translation>Envelope %1</translation>
  </message>
  <message>
   <source>信封、移交、里程</source>
   <translation>Envelopes, hand-over, kilometres</translation>
  </message>
  <message>
   <source>信封上的码不是这个村的终端签的，或没有扫全。</source>
   <translation>The code on the envelope was not signed by a desk of this village, or was not scanned whole.</translation>
  </message>
  <message>
   <source>信封的头</source>
   <translation>The header of an envelope</translation>
  </message>
  <message>
   <source>信封移交了两次</source>
   <translation>An envelope handed over twice</translation>
  </message>
  <message>
   <source>信封里还没有办件。</source>
   <translation>The envelope is empty.</translation>
  </message>
  <message>
   <source>倒数时限所用的“%1”不是表单里的日期</source>
   <translation>“%1”, from which a limit is counted backwards, is no date of the form</translation>
  </message>
  <message>
   <source>倒数时限没有写天数，或没有写要办什么</source>
   <translation>a limit counted backwards has no days, or does not say what is to be done</translation>
  </message>
  <message>
   <source>做什么</source>
   <translation>Does</translation>
  </message>
  <message>
   <source>做成(&amp;F)</source>
   <translation>Made as (&amp;F)</translation>
  </message>
  <message>
   <source>停下</source>
   <translation>Stop</translation>
  </message>
  <message>
   <source>停下(&amp;S)</source>
   <translation>Stop(&amp;S)</translation>
  </message>
  <message>
   <source>停下(&amp;X)</source>
   <translation>Stop(&amp;X)</translation>
  </message>
  <message>
   <source>停用</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>停用 %1</source>
   <translation>Close %1</translation>
  </message>
  <message>
   <source>停用代办员</source>
   <translation>Agent closed</translation>
  </message>
  <message>
   <source>停用后数据换一把新钥匙，他留着的账号文件再也打不开。别人的密码不变。以前做的备份不变：他还能用当时的密码打开，请把放在外面的收回来；本机的人用现在的密码也能恢复。</source>
   <translation>The data get another key, so an accounts file that was kept opens nothing any more. Other passwords stay. Backups made before stay as they are: they still open with the password of then, so take back those that lie elsewhere; people of this PC restore them with the password of today.</translation>
  </message>
  <message>
   <source>停用的原因</source>
   <translation>the reason for closing it</translation>
  </message>
  <message>
   <source>停用终端</source>
   <translation>Desk revoked</translation>
  </message>
  <message>
   <source>停用账号后要换数据的钥匙，还等%1登录一次，登录后自动换。</source>
   <translation>The key of the data has to be changed because an account was closed; it waits for %1 to log in once.</translation>
  </message>
  <message>
   <source>像电子表格一样打字，回车到下一格；可从电子表格复制粘贴。</source>
   <translation>Type as in a spreadsheet, Enter goes to the next cell; cells can be pasted.</translation>
  </message>
  <message>
   <source>像素</source>
   <translation>pixels</translation>
  </message>
  <message>
   <source>元旦</source>
   <translation>New Year</translation>
  </message>
  <message>
   <source>元音分隔符（U+180E）</source>
   <translation>Vowel separator (U+180E)</translation>
  </message>
  <message>
   <source>先不导入，另选工作表</source>
   <translation>Not yet: choose another sheet</translation>
  </message>
  <message>
   <source>先不导入，换算后再来</source>
   <translation>Not yet: convert it first</translation>
  </message>
  <message>
   <source>先不导入，用 WPS 打开保存后再来</source>
   <translation>Not yet: open and save it in WPS first</translation>
  </message>
  <message>
   <source>先在旁边恢复、打开核对，都对了才换上。原来的文件另存，不删除；备份以后的记录会从里面找回来。</source>
   <translation>It is restored beside the files and read through, and only then takes their place. The former files are set aside, not deleted; entries later than the backup are saved out of them.</translation>
  </message>
  <message>
   <source>先看第 %1 行：%2</source>
   <translation>First row %1: %2</translation>
  </message>
  <message>
   <source>入网</source>
   <translation>Enrol</translation>
  </message>
  <message>
   <source>入网(&amp;N)</source>
   <translation>Enrol(&amp;N)</translation>
  </message>
  <message>
   <source>入网申请</source>
   <translation>A request to enrol</translation>
  </message>
  <message>
   <source>入网码</source>
   <translation>Enrolment code</translation>
  </message>
  <message>
   <source>入网码(&amp;C)</source>
   <translation>Enrolment code(&amp;C)</translation>
  </message>
  <message>
   <source>入网码不对、已用过或已过期，请向中心重新索取。</source>
   <translation>The code is wrong, used or too old; ask the centre for a new one.</translation>
  </message>
  <message>
   <source>入网码是给另一个代办点“%1”（%2）的。</source>
   <translation>The code is for another point, “%1” (%2).</translation>
  </message>
  <message>
   <source>入网码是给另一个代办点的。</source>
   <translation>The enrolment code is for another point.</translation>
  </message>
  <message>
   <source>入网码由旗中心给，只能用一次。</source>
   <translation>The banner centre gives the code; it works once.</translation>
  </message>
  <message>
   <source>入网码的样子不对，应为两段，中间一个“-”。</source>
   <translation>The enrolment code should have two parts with “-” between them.</translation>
  </message>
  <message>
   <source>全不选</source>
   <translation>None</translation>
  </message>
  <message>
   <source>全嘎查一个事项的名册</source>
   <translation>One item for the whole gacha</translation>
  </message>
  <message>
   <source>全角字</source>
   <translation>full-width characters</translation>
  </message>
  <message>
   <source>全选</source>
   <translation>All</translation>
  </message>
  <message>
   <source>全部事项</source>
   <translation>All items</translation>
  </message>
  <message>
   <source>全部代办员</source>
   <translation>All agents</translation>
  </message>
  <message>
   <source>全部列出</source>
   <translation>List all</translation>
  </message>
  <message>
   <source>全部办件</source>
   <translation>All cases</translation>
  </message>
  <message>
   <source>全部接手</source>
   <translation>Take all over</translation>
  </message>
  <message>
   <source>全部收齐</source>
   <translation>All here</translation>
  </message>
  <message>
   <source>全部收齐(&amp;Q)</source>
   <translation>All here(&amp;Q)</translation>
  </message>
  <message>
   <source>全部日期</source>
   <translation>Any date</translation>
  </message>
  <message>
   <source>全部时限</source>
   <translation>Any deadline</translation>
  </message>
  <message>
   <source>全部状态</source>
   <translation>All states</translation>
  </message>
  <message>
   <source>全部登记(&amp;G)</source>
   <translation>Register all(&amp;G)</translation>
  </message>
  <message>
   <source>公共场合两种文字并用的，汉文在前（民族团结进步促进法§15）。</source>
   <translation>Where both scripts stand in public, Chinese comes first (Law on the Promotion of Ethnic Unity and Progress, §15).</translation>
  </message>
  <message>
   <source>公共服务事项</source>
   <translation>Public service</translation>
  </message>
  <message>
   <source>公式出错（%1），没有值。</source>
   <translation>The formula failed (%1); there is no value.</translation>
  </message>
  <message>
   <source>公示</source>
   <translation>Notice</translation>
  </message>
  <message>
   <source>公示栏张贴页</source>
   <translation>Notice-board sheets</translation>
  </message>
  <message>
   <source>公里</source>
   <translation>km</translation>
  </message>
  <message>
   <source>公里数应为整数。</source>
   <translation>Kilometres must be a whole number.</translation>
  </message>
  <message>
   <source>共 %1 行</source>
   <translation>%1 rows</translation>
  </message>
  <message>
   <source>关上并恢复</source>
   <translation>Close and restore</translation>
  </message>
  <message>
   <source>关掉互通(&amp;O)</source>
   <translation>Switch off(&amp;O)</translation>
  </message>
  <message>
   <source>关掉就没有了。</source>
   <translation>It will be gone when this is closed.</translation>
  </message>
  <message>
   <source>关闭(&amp;C)</source>
   <translation>Close(&amp;C)</translation>
  </message>
  <message>
   <source>其中 %1 人已办过事，保留。</source>
   <translation> %1 of them had cases since and stay.</translation>
  </message>
  <message>
   <source>其中 %1 行要改，点“全部登记”会逐行指出。</source>
   <translation> %1 rows must be mended; “Register all” points at each.</translation>
  </message>
  <message>
   <source>其中一条已经并入别人名下。</source>
   <translation>One of them was merged into another already.</translation>
  </message>
  <message>
   <source>其他</source>
   <translation>Other</translation>
  </message>
  <message>
   <source>其他亲属</source>
   <translation>Other relative</translation>
  </message>
  <message>
   <source>其他文书(&amp;O)</source>
   <translation>Other papers(&amp;O)</translation>
  </message>
  <message>
   <source>其他材料</source>
   <translation>Other materials</translation>
  </message>
  <message>
   <source>其他类别事项</source>
   <translation>Other power</translation>
  </message>
  <message>
   <source>其他组织</source>
   <translation>other organisation</translation>
  </message>
  <message>
   <source>其他记录（%1）</source>
   <translation>Other record (%1)</translation>
  </message>
  <message>
   <source>其他证件</source>
   <translation>Other document</translation>
  </message>
  <message>
   <source>其余 %1 户留在名册里，明天接着登记。</source>
   <translation>The other %1 households stay in the roll, to go on with tomorrow.</translation>
  </message>
  <message>
   <source>内容</source>
   <translation>form</translation>
  </message>
  <message>
   <source>内容已存为草稿。</source>
   <translation>Kept as a draft.</translation>
  </message>
  <message>
   <source>内容里没有蒙古文字母。</source>
   <translation>There is no Mongolian letter in it.</translation>
  </message>
  <message>
   <source>内蒙古自治区</source>
   <translation>Inner Mongolia</translation>
  </message>
  <message>
   <source>册里也改成这次填的</source>
   <translation>Change the book to this as well</translation>
  </message>
  <message>
   <source>册里照旧，只在这件办件里用这次填的</source>
   <translation>Leave the book; use this only in this case</translation>
  </message>
  <message>
   <source>再做一次，从停下的地方接着。</source>
   <translation>Do it again to go on from here.</translation>
  </message>
  <message>
   <source>再办一件的原因</source>
   <translation>why it is taken in once more</translation>
  </message>
  <message>
   <source>再打一份，纸上注明是补打</source>
   <translation>Print once more, marked as a copy</translation>
  </message>
  <message>
   <source>再插一次这个盘，从停下的地方接着。</source>
   <translation>Plug this stick in again to go on from where it stopped.</translation>
  </message>
  <message>
   <source>再次入网</source>
   <translation>Enrol again</translation>
  </message>
  <message>
   <source>再次入网会换一个终端编号，记录都会带过去。本机停用过、中心换过时才需要。</source>
   <translation>Enrolling again gives this desk another number; all records go along. Needed only after it was revoked or the centre was replaced.</translation>
  </message>
  <message>
   <source>再登记的原因</source>
   <translation>Reason for registering again</translation>
  </message>
  <message>
   <source>再试</source>
   <translation>Try again</translation>
  </message>
  <message>
   <source>再试一次(&amp;R)</source>
   <translation>Try again(&amp;R)</translation>
  </message>
  <message>
   <source>再输一次(&amp;G)</source>
   <translation>Once more(&amp;G)</translation>
  </message>
  <message>
   <source>写一条(&amp;N)</source>
   <translation>Write one (&amp;N)</translation>
  </message>
  <message>
   <source>写到U盘</source>
   <translation>Writing to the stick</translation>
  </message>
  <message>
   <source>写好的文件和收到的内容都有效。</source>
   <translation>What was written and received so far is valid.</translation>
  </message>
  <message>
   <source>写成 2026-11-24。</source>
   <translation>Write it as 2026-11-24.</translation>
  </message>
  <message>
   <source>写政务信息</source>
   <translation>Write information</translation>
  </message>
  <message>
   <source>写日期，如 12-5；到那天“今日”会提醒。不写的，收件后 %1内</source>
   <translation>The date, as 12-5; on that day “Today” reminds of it. Without one, %1 after intake</translation>
  </message>
  <message>
   <source>写核对结果</source>
   <translation>Write what was found</translation>
  </message>
  <message>
   <source>写核对结果：%1 %2</source>
   <translation>Write what was found: %1 %2</translation>
  </message>
  <message>
   <source>写申请到U盘(&amp;W)</source>
   <translation>Write request to a stick(&amp;W)</translation>
  </message>
  <message>
   <source>写的是收件号改为 %1 的那一件</source>
   <translation>this was about the case whose number is now %1</translation>
  </message>
  <message>
   <source>军官证号码一般写作“×字第……号”，请核对。</source>
   <translation>An officer's card is usually written “×字第……号”: please check.</translation>
  </message>
  <message>
   <source>军官证（部队）</source>
   <translation>Officer's card (army)</translation>
  </message>
  <message>
   <source>农村集体经济组织</source>
   <translation>rural collective economic organisation</translation>
  </message>
  <message>
   <source>准予</source>
   <translation>Granted</translation>
  </message>
  <message>
   <source>准予决定</source>
   <translation>Decision: granted</translation>
  </message>
  <message>
   <source>出了意外的问题。</source>
   <translation>Something unexpected happened.</translation>
  </message>
  <message>
   <source>出生日期</source>
   <translation>Born</translation>
  </message>
  <message>
   <source>分开</source>
   <translation>Part</translation>
  </message>
  <message>
   <source>分级管理</source>
   <translation>By level</translation>
  </message>
  <message>
   <source>刚才有人核对过了。</source>
   <translation>Somebody settled it just now.</translation>
  </message>
  <message>
   <source>刚才有人核对过这两条。</source>
   <translation>Somebody settled these two just now.</translation>
  </message>
  <message>
   <source>删行(&amp;R)</source>
   <translation>Delete rows(&amp;R)</translation>
  </message>
  <message>
   <source>别名</source>
   <translation>the other name</translation>
  </message>
  <message>
   <source>别的写法(&amp;N)</source>
   <translation>Other spelling(&amp;N)</translation>
  </message>
  <message>
   <source>别的写法和同一人的记录</source>
   <translation>Other spellings, and records of the same person</translation>
  </message>
  <message>
   <source>到 %1 是 %2 周岁。</source>
   <translation>aged %2 on %1.</translation>
  </message>
  <message>
   <source>到 %1 是 %2 周岁，%3 年满 %4 周岁。</source>
   <translation>aged %2 on %1, turns %4 in %3.</translation>
  </message>
  <message>
   <source>到U盘或别的文件夹找(&amp;F)</source>
   <translation>Find on a stick or in another folder(&amp;F)</translation>
  </message>
  <message>
   <source>到件时间</source>
   <translation>Arrived at</translation>
  </message>
  <message>
   <source>到搜索框</source>
   <translation>Go to the search box</translation>
  </message>
  <message>
   <source>到旗中心单程(&amp;K)</source>
   <translation>To the banner centre, one way(&amp;K)</translation>
  </message>
  <message>
   <source>到现场次数没有写原因</source>
   <translation>Number of visits without a reason</translation>
  </message>
  <message>
   <source>到达代办点</source>
   <translation>Arrived at the point</translation>
  </message>
  <message>
   <source>制作文书</source>
   <translation>Paper made</translation>
  </message>
  <message>
   <source>制表说明</source>
   <translation>who made the table</translation>
  </message>
  <message>
   <source>制证</source>
   <translation>Certificate being made</translation>
  </message>
  <message>
   <source>刷新本页</source>
   <translation>Refresh this page</translation>
  </message>
  <message>
   <source>前面还缺一份回信，先不收这一份。</source>
   <translation>An earlier answer is missing, so this one is not taken yet.</translation>
  </message>
  <message>
   <source>剪贴板里没有图片。</source>
   <translation>There is no picture in the clipboard.</translation>
  </message>
  <message>
   <source>办事人</source>
   <translation>People</translation>
  </message>
  <message>
   <source>办事人中</source>
   <translation>办事人中</translation>
  </message>
  <message>
   <source>办事人册</source>
   <translation>the book of people</translation>
  </message>
  <message>
   <source>办事人册怎么办</source>
   <translation>The book of people</translation>
  </message>
  <message>
   <source>办事人册里也改(&amp;B)</source>
   <translation>Change the book of people too (&amp;B)</translation>
  </message>
  <message>
   <source>办事人册里没有，往下填</source>
   <translation>Not in the book yet; go on below</translation>
  </message>
  <message>
   <source>办事人册里这一户有 %1 人。</source>
   <translation>The book has %1 people in this household.</translation>
  </message>
  <message>
   <source>办事人列表</source>
   <translation>List of people</translation>
  </message>
  <message>
   <source>办事人有 %1 位，一本名册最多 %2 户。</source>
   <translation>There are %1 people; a roll holds at most %2 households.</translation>
  </message>
  <message>
   <source>办什么事</source>
   <translation>What is it about</translation>
  </message>
  <message>
   <source>办件</source>
   <translation>Cases</translation>
  </message>
  <message>
   <source>办件 %1</source>
   <translation>Cases %1</translation>
  </message>
  <message>
   <source>办件 %1 的记录不完整。</source>
   <translation>The records of case %1 are incomplete.</translation>
  </message>
  <message>
   <source>办件列表</source>
   <translation>List of cases</translation>
  </message>
  <message>
   <source>办件已了结（%1），更正未生效</source>
   <translation>The case has ended (%1); the correction is not in force</translation>
  </message>
  <message>
   <source>办件没有改动。</source>
   <translation>The case was not changed.</translation>
  </message>
  <message>
   <source>办件编号</source>
   <translation>Case number</translation>
  </message>
  <message>
   <source>办件编号 %1</source>
   <translation>Case number %1</translation>
  </message>
  <message>
   <source>办件详情</source>
   <translation>Case</translation>
  </message>
  <message>
   <source>办理地已受理</source>
   <translation>accepted there</translation>
  </message>
  <message>
   <source>办理地点</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>办理地点(&amp;P)</source>
   <translation>Place (&amp;P)</translation>
  </message>
  <message>
   <source>办理时间</source>
   <translation>Hours</translation>
  </message>
  <message>
   <source>办理时间(&amp;H)</source>
   <translation>Hours (&amp;H)</translation>
  </message>
  <message>
   <source>办理时限</source>
   <translation>Time limits</translation>
  </message>
  <message>
   <source>办理流程</source>
   <translation>Procedure</translation>
  </message>
  <message>
   <source>办理结果</source>
   <translation>Result</translation>
  </message>
  <message>
   <source>办结</source>
   <translation>Concluded</translation>
  </message>
  <message>
   <source>办过的事</source>
   <translation>What they had</translation>
  </message>
  <message>
   <source>加上</source>
   <translation>Add</translation>
  </message>
  <message>
   <source>加别名</source>
   <translation>Add a spelling</translation>
  </message>
  <message>
   <source>加别名(&amp;N)</source>
   <translation>Add a spelling(&amp;N)</translation>
  </message>
  <message>
   <source>加图片、看图片；也可把图片拖到这一行</source>
   <translation>Add and see pictures; or drop them on this line</translation>
  </message>
  <message>
   <source>加附件(&amp;F)</source>
   <translation>Attach files (&amp;F)</translation>
  </message>
  <message>
   <source>劳动节</source>
   <translation>Labour Day</translation>
  </message>
  <message>
   <source>勾了的，回执上印预计移交的日子；日子不定的不勾，不印。</source>
   <translation>Receipts then say when the papers are to go. Leave empty where days are not fixed.</translation>
  </message>
  <message>
   <source>勾选几项，可装订成册。</source>
   <translation>Tick several to make a booklet.</translation>
  </message>
  <message>
   <source>勾选的已带到(&amp;A)</source>
   <translation>Ticked ones are here(&amp;A)</translation>
  </message>
  <message>
   <source>勾选这趟带走的信封。少跑的趟数和公里自动算出。</source>
   <translation>Tick the envelopes that went along. Trips and kilometres saved are worked out.</translation>
  </message>
  <message>
   <source>北京市</source>
   <translation>Beijing</translation>
  </message>
  <message>
   <source>印什么(&amp;W)</source>
   <translation>What to print (&amp;W)</translation>
  </message>
  <message>
   <source>印在%1上</source>
   <translation>Printed on %1</translation>
  </message>
  <message>
   <source>印在回执上，牧民打这个电话问；没有座机就填手机。</source>
   <translation>It is printed on receipts, for herders to ring; a mobile will do.</translation>
  </message>
  <message>
   <source>印在纸上的电话(&amp;T)</source>
   <translation>Telephone on papers(&amp;T)</translation>
  </message>
  <message>
   <source>即办件</source>
   <translation>On the spot</translation>
  </message>
  <message>
   <source>即办件与承诺时限不一致</source>
   <translation>On-the-spot item with a promised limit</translation>
  </message>
  <message>
   <source>压缩的文件</source>
   <translation>A packed file</translation>
  </message>
  <message>
   <source>原件</source>
   <translation>Originals</translation>
  </message>
  <message>
   <source>原件 %1，复印件 %2</source>
   <translation>%1 originals, %2 copies</translation>
  </message>
  <message>
   <source>原件份数</source>
   <translation>originals</translation>
  </message>
  <message>
   <source>原件已当场退还</source>
   <translation>Original given back at once</translation>
  </message>
  <message>
   <source>原件当场退还</source>
   <translation>originals given back</translation>
  </message>
  <message>
   <source>原因</source>
   <translation>a reason</translation>
  </message>
  <message>
   <source>原因(&amp;R)</source>
   <translation>Reason(&amp;R)</translation>
  </message>
  <message>
   <source>原因（会记入办件经过，不能删改）(&amp;R)</source>
   <translation>Reason (kept in the history, cannot be changed)(&amp;R)</translation>
  </message>
  <message>
   <source>原因：</source>
   <translation>Reason: </translation>
  </message>
  <message>
   <source>原图里没有这一页。</source>
   <translation>The original has no such page.</translation>
  </message>
  <message>
   <source>原收件号 %1，请换发回执。%2</source>
   <translation>Was %1; please give a new receipt. %2</translation>
  </message>
  <message>
   <source>原有数据没有改动。</source>
   <translation>The old data was not changed.</translation>
  </message>
  <message>
   <source>原来的密码(&amp;O)</source>
   <translation>Old password(&amp;O)</translation>
  </message>
  <message>
   <source>原来的密码不对。</source>
   <translation>The old password is wrong.</translation>
  </message>
  <message>
   <source>原来的文件另存在 %1，没有删除。</source>
   <translation>The former files lie in %1; nothing was deleted.</translation>
  </message>
  <message>
   <source>原来的文件没有动。</source>
   <translation>The files are as they were.</translation>
  </message>
  <message>
   <source>原来的格子不在了。字已复制，请到要填的地方粘贴（Ctrl+V）。</source>
   <translation>The field is gone. The character has been copied; please paste it where it belongs (Ctrl+V).</translation>
  </message>
  <message>
   <source>原来的目录还在用。</source>
   <translation>The old catalogue is still in use.</translation>
  </message>
  <message>
   <source>原来的表还在用。</source>
   <translation>The old table is still in use.</translation>
  </message>
  <message>
   <source>原来的评价没有改动。</source>
   <translation>The first rating was not changed.</translation>
  </message>
  <message>
   <source>原来的账号和密码都在。</source>
   <translation>Accounts and passwords are as they were.</translation>
  </message>
  <message>
   <source>原来：</source>
   <translation>Before: </translation>
  </message>
  <message>
   <source>原样(&amp;W)</source>
   <translation>As was (&amp;W)</translation>
  </message>
  <message>
   <source>原样保留，没有删除。</source>
   <translation>Kept as it is; nothing was deleted.</translation>
  </message>
  <message>
   <source>原编号</source>
   <translation>Former number</translation>
  </message>
  <message>
   <source>去取(&amp;G)</source>
   <translation>Go and fetch(&amp;G)</translation>
  </message>
  <message>
   <source>去年</source>
   <translation>Previous year</translation>
  </message>
  <message>
   <source>去掉</source>
   <translation>Remove</translation>
  </message>
  <message>
   <source>去掉附件(&amp;X)</source>
   <translation>Remove attachment (&amp;X)</translation>
  </message>
  <message>
   <source>县级</source>
   <translation>Banner / county</translation>
  </message>
  <message>
   <source>发布事项</source>
   <translation>Item published</translation>
  </message>
  <message>
   <source>发布时限规则</source>
   <translation>Time-limit rule published</translation>
  </message>
  <message>
   <source>发布机构</source>
   <translation>Body published</translation>
  </message>
  <message>
   <source>发布的文件</source>
   <translation>A published file</translation>
  </message>
  <message>
   <source>发布节假日表</source>
   <translation>Holiday table published</translation>
  </message>
  <message>
   <source>发布通知</source>
   <translation>Notice published</translation>
  </message>
  <message>
   <source>取上年名册(&amp;L)</source>
   <translation>Last year's roll(&amp;L)</translation>
  </message>
  <message>
   <source>取到的新版本与中心说的对不上。</source>
   <translation>What came is not what the centre announced.</translation>
  </message>
  <message>
   <source>取办事人(&amp;P)</source>
   <translation>People in the book(&amp;P)</translation>
  </message>
  <message>
   <source>取回的都已保存。</source>
   <translation>What was fetched is kept.</translation>
  </message>
  <message>
   <source>取回记录 %1 条、文书和图片 %2 份。本机现在能查、能办，用自己的编号收件；连上旗中心后，在“设置”里用入网码入网，本机收的件那时送到。</source>
   <translation>%1 records, %2 papers and pictures were fetched. This PC can look up and handle cases now and takes in with its own numbers; once the centre can be reached, enrol it with a code in Settings: what it took in goes there then.</translation>
  </message>
  <message>
   <source>取新版本</source>
   <translation>Fetching the new version</translation>
  </message>
  <message>
   <source>取来并装上</source>
   <translation>Fetch and install</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>取消%1的预约</source>
   <translation>Call off the visit of %1</translation>
  </message>
  <message>
   <source>取消(&amp;C)</source>
   <translation>Cancel(&amp;C)</translation>
  </message>
  <message>
   <source>取消的原因</source>
   <translation>the reason for calling it off</translation>
  </message>
  <message>
   <source>取消这个预约</source>
   <translation>Call off this visit</translation>
  </message>
  <message>
   <source>取消预约</source>
   <translation>Call off the visit</translation>
  </message>
  <message>
   <source>取答复码</source>
   <translation>Take the answer code</translation>
  </message>
  <message>
   <source>取高拍仪新图(&amp;G)</source>
   <translation>From the camera(&amp;G)</translation>
  </message>
  <message>
   <source>受委托人</source>
   <translation>Someone entrusted</translation>
  </message>
  <message>
   <source>受委托组织</source>
   <translation>Commissioned organisation</translation>
  </message>
  <message>
   <source>受理</source>
   <translation>Acceptance</translation>
  </message>
  <message>
   <source>受理后按 %1计算，自中心收到材料之日起。</source>
   <translation>After acceptance: %1, from the day the centre received the papers.</translation>
  </message>
  <message>
   <source>受理或告知补正</source>
   <translation>Accept, or tell what is missing</translation>
  </message>
  <message>
   <source>受理时间</source>
   <translation>Accepted at</translation>
  </message>
  <message>
   <source>受理条件</source>
   <translation>Conditions of acceptance</translation>
  </message>
  <message>
   <source>变体1</source>
   <translation>FVS1</translation>
  </message>
  <message>
   <source>变体2</source>
   <translation>FVS2</translation>
  </message>
  <message>
   <source>变体3</source>
   <translation>FVS3</translation>
  </message>
  <message>
   <source>变体4</source>
   <translation>FVS4</translation>
  </message>
  <message>
   <source>变动：</source>
   <translation>Changed: </translation>
  </message>
  <message>
   <source>变更账号</source>
   <translation>Change of account</translation>
  </message>
  <message>
   <source>句号</source>
   <translation>Full stop</translation>
  </message>
  <message>
   <source>另一个</source>
   <translation>The other</translation>
  </message>
  <message>
   <source>另一块盘或U盘上的文件夹，可不填</source>
   <translation>A folder on another disk or stick, optional</translation>
  </message>
  <message>
   <source>另存</source>
   <translation>Save as</translation>
  </message>
  <message>
   <source>另存(&amp;S)</source>
   <translation>Save as(&amp;S)</translation>
  </message>
  <message>
   <source>另存原件</source>
   <translation>Save the original</translation>
  </message>
  <message>
   <source>另存原件(&amp;E)</source>
   <translation>Save original (&amp;E)</translation>
  </message>
  <message>
   <source>另存并重新设置</source>
   <translation>Set aside and begin anew</translation>
  </message>
  <message>
   <source>另定的时限没有写依据</source>
   <translation>a stated limit has no basis</translation>
  </message>
  <message>
   <source>另有 %1 件没有列出</source>
   <translation>%1 more are not listed</translation>
  </message>
  <message>
   <source>另有 %1 处别人签的校验码，签名人的公钥还没有到，先留着，到了再核对。</source>
   <translation>%1 more heads were signed by others whose key has not come yet; they are kept and checked when it comes.</translation>
  </message>
  <message>
   <source>另有 %1 户没有列出</source>
   <translation>%1 more are not listed</translation>
  </message>
  <message>
   <source>另有 %1 行放不下（一本名册最多 %2 户），没有粘贴。</source>
   <translation> %1 rows had no room (a roll holds at most %2 households) and were not pasted.</translation>
  </message>
  <message>
   <source>另有 %1 项没有列出</source>
   <translation>%1 more are not listed</translation>
  </message>
  <message>
   <source>另有很多件没有列出</source>
   <translation>many more are not listed</translation>
  </message>
  <message>
   <source>只列出找到的</source>
   <translation>Only list what is found</translation>
  </message>
  <message>
   <source>只取“%1”</source>
   <translation>Take “%1” only</translation>
  </message>
  <message>
   <source>只有已入网的苏木乡镇终端可以转送村里的U盘。</source>
   <translation>Only an enrolled desk of a sumu or township carries its villages' sticks.</translation>
  </message>
  <message>
   <source>只有材料可以两份都算。</source>
   <translation>Only of papers can both count.</translation>
  </message>
  <message>
   <source>只看变化</source>
   <translation>Only changes</translation>
  </message>
  <message>
   <source>只看变化(&amp;D)</source>
   <translation>Only changes(&amp;D)</translation>
  </message>
  <message>
   <source>只看有问题的</source>
   <translation>Only what needs a look</translation>
  </message>
  <message>
   <source>只看有问题的(&amp;D)</source>
   <translation>Only what needs a look(&amp;D)</translation>
  </message>
  <message>
   <source>只看看是什么，不装</source>
   <translation>Only look, install nothing</translation>
  </message>
  <message>
   <source>只能转给同一个代办点的窗口</source>
   <translation>it can be passed to a window of the same point only</translation>
  </message>
  <message>
   <source>只能选本苏木乡镇的代办点。</source>
   <translation>Only points of this township can be chosen.</translation>
  </message>
  <message>
   <source>只输了封装号，没有核对码</source>
   <translation>Only the number was typed: code not checked</translation>
  </message>
  <message>
   <source>可代办</source>
   <translation>Can be proxied</translation>
  </message>
  <message>
   <source>可以交件的</source>
   <translation>Ready to hand out</translation>
  </message>
  <message>
   <source>可以先请中心核对申请码，再读一遍答复码。</source>
   <translation>Meanwhile ask the centre to check the request code and to read the answer code again.</translation>
  </message>
  <message>
   <source>可以收件的代办点</source>
   <translation>Points that may take it in</translation>
  </message>
  <message>
   <source>可以收件的代办点（不勾就是全部）</source>
   <translation>Points that may take it in (none ticked: all)</translation>
  </message>
  <message>
   <source>可以登记了。</source>
   <translation>Ready to register. </translation>
  </message>
  <message>
   <source>可后补</source>
   <translation>may follow</translation>
  </message>
  <message>
   <source>可导入 %1 行</source>
   <translation>%1 can be taken in</translation>
  </message>
  <message>
   <source>可把图片拖到这里，或从剪贴板粘贴。</source>
   <translation>Drop pictures here, or paste them.</translation>
  </message>
  <message>
   <source>可能是同一人</source>
   <translation>Perhaps the same person</translation>
  </message>
  <message>
   <source>可能是在另一台终端上拍的。</source>
   <translation>It may have been taken on another desk.</translation>
  </message>
  <message>
   <source>可能没有存完整：请等一会儿再取，或重新扫描。</source>
   <translation>It may not have been saved whole: wait a moment and take it again, or scan it anew.</translation>
  </message>
  <message>
   <source>可能还没有存好，请等一会儿再取，或重新拍摄。</source>
   <translation>It may not have been saved yet: wait a moment and take it again, or photograph it anew.</translation>
  </message>
  <message>
   <source>可能还没有存好：请等一会儿再取，或重新拍摄。</source>
   <translation>It may not have been saved yet: wait a moment and take it again, or photograph it anew.</translation>
  </message>
  <message>
   <source>可选：%1。</source>
   <translation> Choices: %1.</translation>
  </message>
  <message>
   <source>台湾居民居住证</source>
   <translation>Residence permit for Taiwan residents</translation>
  </message>
  <message>
   <source>台湾居民来往大陆通行证</source>
   <translation>Mainland travel permit for Taiwan residents</translation>
  </message>
  <message>
   <source>台湾居民来往大陆通行证号码一般是 8 位数字，请核对。</source>
   <translation>Such a permit usually has 8 digits: please check.</translation>
  </message>
  <message>
   <source>台湾省</source>
   <translation>Taiwan</translation>
  </message>
  <message>
   <source>台电脑</source>
   <translation>PCs</translation>
  </message>
  <message>
   <source>台终端</source>
   <translation>desks</translation>
  </message>
  <message>
   <source>右转(&amp;R)</source>
   <translation>Turn right(&amp;R)</translation>
  </message>
  <message>
   <source>号码前两位不是已知的省份代码，请核对。</source>
   <translation>The first two digits are no known province; please check.</translation>
  </message>
  <message>
   <source>号码前六位 %1 不是已知的旗县代码，请对照证件核对。</source>
   <translation>The first six digits %1 are no known county's code; compare the number with the card.</translation>
  </message>
  <message>
   <source>号码前六位是%1的代码，%2 年以后不再使用，而出生在 %3 年，请对照证件核对。</source>
   <translation>The first six digits are the code of %1, not used after %2, but the birth was in %3; compare the number with the card.</translation>
  </message>
  <message>
   <source>号码前六位是%1的代码，%2 年才有，而出生在 %3 年，请对照证件核对。</source>
   <translation>The first six digits are the code of %1, used only from %2, but the birth was in %3; compare the number with the card.</translation>
  </message>
  <message>
   <source>号码末三位是 000，可能是表格程序丢了末三位。</source>
   <translation>The number ends in 000; a spreadsheet may have lost three digits.</translation>
  </message>
  <message>
   <source>号码被表格程序当成数字，后几位已经丢了。</source>
   <translation>The spreadsheet took the number for a quantity; its last digits are lost.</translation>
  </message>
  <message>
   <source>号码里的%1已去掉或改正。</source>
   <translation>%1 in the number taken out or mended.</translation>
  </message>
  <message>
   <source>号码里的出生日期 %1 不存在，请对照证件再输一次。</source>
   <translation>The birthday %1 in the number does not exist; compare with the card and type it again.</translation>
  </message>
  <message>
   <source>号码里的出生日期 %1 还没有到，请对照证件再输一次。</source>
   <translation>The birthday %1 in the number is still to come; compare with the card and type it again.</translation>
  </message>
  <message>
   <source>各嘎查村代办点</source>
   <translation>Each point of a gacha or village</translation>
  </message>
  <message>
   <source>各嘎查村的办件、指南、U盘</source>
   <translation>Cases, guides and sticks of each gacha and village</translation>
  </message>
  <message>
   <source>各窗口</source>
   <translation>Windows</translation>
  </message>
  <message>
   <source>各窗口、转来的、两边不一致的</source>
   <translation>windows, what was passed on, contradictions</translation>
  </message>
  <message>
   <source>各苏木乡镇、街道</source>
   <translation>Each sumu, town and street office</translation>
  </message>
  <message>
   <source>合并到左边</source>
   <translation>Merge into the left</translation>
  </message>
  <message>
   <source>合并办事人</source>
   <translation>Records merged</translation>
  </message>
  <message>
   <source>合计</source>
   <translation>Total</translation>
  </message>
  <message>
   <source>合计行</source>
   <translation>total</translation>
  </message>
  <message>
   <source>吉林省</source>
   <translation>Jilin</translation>
  </message>
  <message>
   <source>同一个人登记了两次</source>
   <translation>One person registered twice</translation>
  </message>
  <message>
   <source>同一个代办点有几台电脑时打开：各窗口在大厅自己的网络上直接互通，旗里的线路断了也是一个柜台。只和旗中心登记过的本点电脑互通，互相核对密钥；只有一台电脑的村不必打开。</source>
   <translation>For a point with several PCs: the windows meet directly on the hall's own network and are one counter even while the line to the banner is down. Only with PCs of this point that the banner centre knows, each proving its key. A village with one PC needs none of this.</translation>
  </message>
  <message>
   <source>同一人再办(&amp;R)</source>
   <translation>Same person again (&amp;R)</translation>
  </message>
  <message>
   <source>同一处更正了两次</source>
   <translation>One value corrected twice</translation>
  </message>
  <message>
   <source>同一材料记了两次</source>
   <translation>The same papers counted twice</translation>
  </message>
  <message>
   <source>同一结果交了两次</source>
   <translation>One result handed over twice</translation>
  </message>
  <message>
   <source>同名的材料照旧，新事项要的其他材料记为未交；填的内容可以再更正。</source>
   <translation>Materials of the same name stay; others that the new item wants are noted as missing; what was filled in can be corrected after.</translation>
  </message>
  <message>
   <source>同意</source>
   <translation>Agree</translation>
  </message>
  <message>
   <source>同意取回(&amp;Y)</source>
   <translation>Yes, let it fetch(&amp;Y)</translation>
  </message>
  <message>
   <source>同意查看本点以往记录</source>
   <translation>Let at the point's past</translation>
  </message>
  <message>
   <source>同意终端 %1 看本点以往的记录</source>
   <translation>Let desk %1 read the past of this point</translation>
  </message>
  <message>
   <source>同时备份到</source>
   <translation>Also back up to</translation>
  </message>
  <message>
   <source>同步</source>
   <translation>Sync</translation>
  </message>
  <message>
   <source>同步之后再插一次这个盘。</source>
   <translation>After a sync plug this stick in again.</translation>
  </message>
  <message>
   <source>同步出了意外的问题，没有做完。</source>
   <translation>The sync ran into something unexpected and did not finish.</translation>
  </message>
  <message>
   <source>同步已停下。</source>
   <translation>Sync was stopped.</translation>
  </message>
  <message>
   <source>同步进度</source>
   <translation>Progress of the sync</translation>
  </message>
  <message>
   <source>同点其他终端的记录没有收全：%1</source>
   <translation>The records of this point's other desks did not all come: %1</translation>
  </message>
  <message>
   <source>同点几个窗口在大厅自己的网络上互通</source>
   <translation>The windows of this point meet on the hall's own network</translation>
  </message>
  <message>
   <source>同点终端 %1 </source>
   <translation>desk %1 of this point </translation>
  </message>
  <message>
   <source>同点终端的密钥无法识读。</source>
   <translation>The keys of another desk of this point cannot be read.</translation>
  </message>
  <message>
   <source>同点终端的批次头无法识读。</source>
   <translation>The head of a batch of another desk of this point cannot be read.</translation>
  </message>
  <message>
   <source>同点终端的记录接不上，没有收。</source>
   <translation>The records of another desk of this point do not follow on; not taken.</translation>
  </message>
  <message>
   <source>名册</source>
   <translation>Roll</translation>
  </message>
  <message>
   <source>名册名称</source>
   <translation>the name of the roll</translation>
  </message>
  <message>
   <source>名册名称(&amp;N)</source>
   <translation>Name of the roll(&amp;N)</translation>
  </message>
  <message>
   <source>名册在隐藏的工作表“%1”里。</source>
   <translation>The rows are in the hidden sheet “%1”.</translation>
  </message>
  <message>
   <source>名册应有 1 到 %1 行，现在是 %2 行。</source>
   <translation>A roll has 1 to %1 rows; this has %2.</translation>
  </message>
  <message>
   <source>名册有 %1 户，今天的收件号只剩 %2 个，没有登记。</source>
   <translation>The roll has %1 households, only %2 intake numbers are left today; nothing was registered.</translation>
  </message>
  <message>
   <source>名册没有改动。</source>
   <translation>The roll was not changed.</translation>
  </message>
  <message>
   <source>名册的 A5 回执两张印在一张 A4 上</source>
   <translation>Two A5 receipts of a roll on one A4 sheet</translation>
  </message>
  <message>
   <source>名册的 A5 回执两张印在一张 A4 上，裁开用(&amp;F)</source>
   <translation>Two A5 receipts of a roll on one A4 sheet, to be cut (&amp;F)</translation>
  </message>
  <message>
   <source>名册都在，没有丢失。</source>
   <translation>The roll is all there; nothing is lost.</translation>
  </message>
  <message>
   <source>名册里有 %1 户已经送出或已往下办，不能整本撤销。</source>
   <translation>%1 households of the roll were sent or went on; it cannot be undone whole.</translation>
  </message>
  <message>
   <source>名册（%1）</source>
   <translation>Rows (%1)</translation>
  </message>
  <message>
   <source>名录里没有本苏木乡镇的人民政府。</source>
   <translation>The register has no people's government of this township.</translation>
  </message>
  <message>
   <source>名片已收下。请在“同步”里用U盘交换，把盘带给中心。</source>
   <translation>The card was taken. Please exchange with the stick on the sync page and take it to the centre.</translation>
  </message>
  <message>
   <source>名目里有看不见的字符，不能保存。</source>
   <translation>A name or number has characters that cannot be seen; it cannot be saved.</translation>
  </message>
  <message>
   <source>后缀空</source>
   <translation>Suffix</translation>
  </message>
  <message>
   <source>向本人提供本机存有的信息（个人信息保护法第四十五条）</source>
   <translation>To tell the person what is held here (Personal Information Protection Law, art. 45)</translation>
  </message>
  <message>
   <source>否</source>
   <translation>No</translation>
  </message>
  <message>
   <source>告知</source>
   <translation>notice</translation>
  </message>
  <message>
   <source>告知单(&amp;F)</source>
   <translation>Notice (&amp;F)</translation>
  </message>
  <message>
   <source>告诉申请人补材料</source>
   <translation>Tell the applicant what to bring</translation>
  </message>
  <message>
   <source>周一</source>
   <translation>Mon</translation>
  </message>
  <message>
   <source>周三</source>
   <translation>Wed</translation>
  </message>
  <message>
   <source>周二</source>
   <translation>Tue</translation>
  </message>
  <message>
   <source>周五</source>
   <translation>Fri</translation>
  </message>
  <message>
   <source>周六</source>
   <translation>Sat</translation>
  </message>
  <message>
   <source>周四</source>
   <translation>Thu</translation>
  </message>
  <message>
   <source>周日</source>
   <translation>Sun</translation>
  </message>
  <message>
   <source>呼伦贝尔盟</source>
   <translation>Hulunbuir</translation>
  </message>
  <message>
   <source>和原来一样，没有改动。</source>
   <translation>The same as before; nothing was changed.</translation>
  </message>
  <message>
   <source>咨询电话</source>
   <translation>Enquiry telephone</translation>
  </message>
  <message>
   <source>咨询电话(&amp;Q)</source>
   <translation>Enquiry telephone (&amp;Q)</translation>
  </message>
  <message>
   <source>哪一项</source>
   <translation>What</translation>
  </message>
  <message>
   <source>哪个窗口 *(&amp;W)</source>
   <translation>Which window *(&amp;W)</translation>
  </message>
  <message>
   <source>哪些事项</source>
   <translation>Which items</translation>
  </message>
  <message>
   <source>哪些地方</source>
   <translation>Which places</translation>
  </message>
  <message>
   <source>哪天补来</source>
   <translation>Follows on</translation>
  </message>
  <message>
   <source>哪里的指南</source>
   <translation>Whose guide</translation>
  </message>
  <message>
   <source>哲里木盟</source>
   <translation>Jirim</translation>
  </message>
  <message>
   <source>嘎查村</source>
   <translation>Gacha or village</translation>
  </message>
  <message>
   <source>嘎查村便民代办</source>
   <translation>Proxy service in gacha and village</translation>
  </message>
  <message>
   <source>四川省</source>
   <translation>Sichuan</translation>
  </message>
  <message>
   <source>回执</source>
   <translation>Receipts</translation>
  </message>
  <message>
   <source>回执、告知单和指南用大字</source>
   <translation>Receipts, notices and guides in large print</translation>
  </message>
  <message>
   <source>回执、告知单和指南用大字，给眼睛不好的人(&amp;W)</source>
   <translation>Receipts, notices and guides in large print, for weak eyes (&amp;W)</translation>
  </message>
  <message>
   <source>回执上承诺 %1</source>
   <translation>The receipt promises %1</translation>
  </message>
  <message>
   <source>回执上承诺的日期是 %1，收件时按节假日表 %2 算出。</source>
   <translation>The receipt promises %1, counted by the holiday table %2 when the papers were taken in.</translation>
  </message>
  <message>
   <source>回执上没有承诺日期</source>
   <translation>The receipt promises no day</translation>
  </message>
  <message>
   <source>回执上的码(&amp;M)</source>
   <translation>Code on the receipt (&amp;M)</translation>
  </message>
  <message>
   <source>回执是真是假</source>
   <translation>Is a receipt genuine</translation>
  </message>
  <message>
   <source>回执照片</source>
   <translation>A picture of a receipt</translation>
  </message>
  <message>
   <source>回执用哪种纸(&amp;R)</source>
   <translation>Paper of receipts(&amp;R)</translation>
  </message>
  <message>
   <source>国家级</source>
   <translation>National</translation>
  </message>
  <message>
   <source>国庆节</source>
   <translation>National Day</translation>
  </message>
  <message>
   <source>图片</source>
   <translation>Pictures</translation>
  </message>
  <message>
   <source>图片 %1 张、文书 %2 份、草稿 %3 份</source>
   <translation>pictures: %1, papers: %2, drafts: %3</translation>
  </message>
  <message>
   <source>图片 %1 张在盘上。</source>
   <translation>%1 pictures are on the stick.</translation>
  </message>
  <message>
   <source>图片 %1 张已写到盘上。</source>
   <translation>%1 pictures written to the stick.</translation>
  </message>
  <message>
   <source>图片 %1 张已到中心</source>
   <translation>%1 pictures at the centre</translation>
  </message>
  <message>
   <source>图片 %1 张已到中心。</source>
   <translation>%1 pictures reached the centre.</translation>
  </message>
  <message>
   <source>图片 %1/%2 张已到中心，其余待送</source>
   <translation>%1 of %2 pictures at the centre, the rest wait</translation>
  </message>
  <message>
   <source>图片 (%1)</source>
   <translation>Pictures (%1)</translation>
  </message>
  <message>
   <source>图片、PDF、OFD (%1);;所有文件 (*)</source>
   <translation>Pictures, PDF, OFD (%1);;All files (*)</translation>
  </message>
  <message>
   <source>图片列表</source>
   <translation>List of pictures</translation>
  </message>
  <message>
   <source>图片数据包</source>
   <translation>Picture packet</translation>
  </message>
  <message>
   <source>图片预览</source>
   <translation>Picture preview</translation>
  </message>
  <message>
   <source>在</source>
   <translation>At</translation>
  </message>
  <message>
   <source>在%1，还没接</source>
   <translation>at %1, not taken up yet</translation>
  </message>
  <message>
   <source>在U盘上，等送到中心</source>
   <translation>On a stick, on its way to the centre</translation>
  </message>
  <message>
   <source>在中心申报本地调整</source>
   <translation>Local adjustment asked at the centre</translation>
  </message>
  <message>
   <source>在办</source>
   <translation>Open</translation>
  </message>
  <message>
   <source>在哪个代办点</source>
   <translation>Where your point is</translation>
  </message>
  <message>
   <source>在哪个窗口</source>
   <translation>At which window</translation>
  </message>
  <message>
   <source>在本机，待送中心</source>
   <translation>Here, waiting for the centre</translation>
  </message>
  <message>
   <source>在线</source>
   <translation>here</translation>
  </message>
  <message>
   <source>在苏木乡镇</source>
   <translation>At the township</translation>
  </message>
  <message>
   <source>在这件办件里不能这样改</source>
   <translation>cannot be changed like this in this case</translation>
  </message>
  <message>
   <source>在这里过手不改变时限：从有权办理的机关收到材料之日算起。</source>
   <translation>Passing through here changes no limit: it counts from the day on which the competent organ has the papers.</translation>
  </message>
  <message>
   <source>在途</source>
   <translation>On the way</translation>
  </message>
  <message>
   <source>地</source>
   <translation>place</translation>
  </message>
  <message>
   <source>地址</source>
   <translation>Address</translation>
  </message>
  <message>
   <source>地址在那台电脑的“大厅”里，如 192.168.1.12。不同网段、不能自动找到时才需要填。</source>
   <translation>The address is shown under Hall on that PC, such as 192.168.1.12. It is needed only in another network, where windows are not found by themselves.</translation>
  </message>
  <message>
   <source>地址应以 http:// 或 https:// 开头。</source>
   <translation>The address should begin with http:// or https://.</translation>
  </message>
  <message>
   <source>地方列表</source>
   <translation>List of places</translation>
  </message>
  <message>
   <source>地点和电话</source>
   <translation>Place and telephone</translation>
  </message>
  <message>
   <source>坏了</source>
   <translation>is broken</translation>
  </message>
  <message>
   <source>坏了一台电脑、旗里的线路又断着时，让新电脑从本机取回记录。</source>
   <translation>A PC broke down and the line to the banner is down: let a new PC fetch the records from here.</translation>
  </message>
  <message>
   <source>坏文件里读不出本机是谁，救不出来。</source>
   <translation>The damaged file no longer tells which desk this is; nothing can be saved from it alone.</translation>
  </message>
  <message>
   <source>基本满意</source>
   <translation>Fairly satisfied</translation>
  </message>
  <message>
   <source>填了就把小票画成点阵直接发去，不用装驱动，什么字都印得出。</source>
   <translation>When filled in, rolls are sent there as dots: no driver needed, and every character prints.</translation>
  </message>
  <message>
   <source>填入(&amp;T)</source>
   <translation>Put in (&amp;T)</translation>
  </message>
  <message>
   <source>填制文书</source>
   <translation>Form filled</translation>
  </message>
  <message>
   <source>填好的内容都在，已存为草稿。</source>
   <translation>What you typed is all kept as a draft.</translation>
  </message>
  <message>
   <source>填的内容还没有保存。</source>
   <translation>What you filled in is not saved yet.</translation>
  </message>
  <message>
   <source>填的是 %1。</source>
   <translation>%1 was filled in.</translation>
  </message>
  <message>
   <source>填过的地址：%1。</source>
   <translation>Addresses typed here: %1.</translation>
  </message>
  <message>
   <source>填邻窗地址</source>
   <translation>Type an address</translation>
  </message>
  <message>
   <source>填邻窗地址(&amp;A)</source>
   <translation>Type an address(&amp;A)</translation>
  </message>
  <message>
   <source>增加</source>
   <translation>Add</translation>
  </message>
  <message>
   <source>增加代办员</source>
   <translation>Agent added</translation>
  </message>
  <message>
   <source>增加代办员(&amp;N)</source>
   <translation>Add an agent(&amp;N)</translation>
  </message>
  <message>
   <source>处标记</source>
   <translation>marks</translation>
  </message>
  <message>
   <source>备份</source>
   <translation>Backups</translation>
  </message>
  <message>
   <source>备份、U盘或旧硬盘的文件夹；不写就用本机的备份</source>
   <translation>Folder of a backup, a stick or an old disk; without it, those beside the desk</translation>
  </message>
  <message>
   <source>备份已经一个星期只在这一块盘上：盘坏了就都没有了。</source>
   <translation>For a week, backups have been on this one disk only: if it breaks, all are gone.</translation>
  </message>
  <message>
   <source>备份并装上</source>
   <translation>Back up and install</translation>
  </message>
  <message>
   <source>备份本机，读一遍核对</source>
   <translation>Back up this desk and read the copy through</translation>
  </message>
  <message>
   <source>备份没有做成：写不进 %1。</source>
   <translation>No backup was made: %1 cannot be written.</translation>
  </message>
  <message>
   <source>备份的第二个地方</source>
   <translation>A second place for backups</translation>
  </message>
  <message>
   <source>备份的说明</source>
   <translation>A note of a backup</translation>
  </message>
  <message>
   <source>备注</source>
   <translation>Remark</translation>
  </message>
  <message>
   <source>备注(&amp;B)</source>
   <translation>Remark(&amp;B)</translation>
  </message>
  <message>
   <source>复制</source>
   <translation>Copy</translation>
  </message>
  <message>
   <source>复制(&amp;T)</source>
   <translation>Copy (&amp;T)</translation>
  </message>
  <message>
   <source>复印件</source>
   <translation>Copies</translation>
  </message>
  <message>
   <source>外国</source>
   <translation>Foreign</translation>
  </message>
  <message>
   <source>外国人永久居留证（旧版）</source>
   <translation>Permanent residence permit (old)</translation>
  </message>
  <message>
   <source>外国人永久居留身份证</source>
   <translation>Foreigner's permanent residence card</translation>
  </message>
  <message>
   <source>外旗县申请人：%1（%2%3）。</source>
   <translation>Applicants of other banners: %1 (%2%3).</translation>
  </message>
  <message>
   <source>大</source>
   <translation>Large</translation>
  </message>
  <message>
   <source>大厅</source>
   <translation>Hall</translation>
  </message>
  <message>
   <source>大厅(&amp;H)</source>
   <translation>Hall(&amp;H)</translation>
  </message>
  <message>
   <source>大厅的列表</source>
   <translation>List of the hall</translation>
  </message>
  <message>
   <source>天津市</source>
   <translation>Tianjin</translation>
  </message>
  <message>
   <source>女</source>
   <translation>female</translation>
  </message>
  <message>
   <source>好了</source>
   <translation>Done</translation>
  </message>
  <message>
   <source>好了(&amp;O)</source>
   <translation>Done(&amp;O)</translation>
  </message>
  <message>
   <source>如 /dev/usb/lp0 或 192.168.1.50:9100</source>
   <translation>such as /dev/usb/lp0 or 192.168.1.50:9100</translation>
  </message>
  <message>
   <source>如 192.168.1.12</source>
   <translation>such as 192.168.1.12</translation>
  </message>
  <message>
   <source>如 2026-11-24</source>
   <translation>e.g. 2026-11-24</translation>
  </message>
  <message>
   <source>如 ABCD-EFGH-IJKL</source>
   <translation>e.g. ABCD-EFGH-IJKL</translation>
  </message>
  <message>
   <source>如 COM3、打印机的名字，或 192.168.1.50:9100</source>
   <translation>such as COM3, a printer's name, or 192.168.1.50:9100</translation>
  </message>
  <message>
   <source>如 https://centre.example</source>
   <translation>e.g. https://centre.example</translation>
  </message>
  <message>
   <source>如：0479-2520000</source>
   <translation>e.g. 0479-2520000</translation>
  </message>
  <message>
   <source>如：2026 年度草原补奖名册</source>
   <translation>e.g. Grassland subsidy roll 2026</translation>
  </message>
  <message>
   <source>如：户口本核对，为同一人</source>
   <translation>For instance: one person by the household register</translation>
  </message>
  <message>
   <source>如：打电话问过旗中心，是恢复了旧备份</source>
   <translation>For example: rang the banner centre, it came back from an old backup</translation>
  </message>
  <message>
   <source>如：本人卧病，子女代领。</source>
   <translation>For instance: the applicant is ill, a child takes it.</translation>
  </message>
  <message>
   <source>如：核对身份证原件</source>
   <translation>For instance: comparing with the card</translation>
  </message>
  <message>
   <source>如：核对身份证原件。</source>
   <translation>For example: to check the original identity card.</translation>
  </message>
  <message>
   <source>如：苏和</source>
   <translation>e.g. 苏和</translation>
  </message>
  <message>
   <source>如：调离，已交接</source>
   <translation>For instance: moved away, handed over</translation>
  </message>
  <message>
   <source>姓名</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>姓名 *(&amp;%1)</source>
   <translation>Name *(&amp;%1)</translation>
  </message>
  <message>
   <source>姓名 *(&amp;N)</source>
   <translation>Name *(&amp;N)</translation>
  </message>
  <message>
   <source>姓名(&amp;N)</source>
   <translation>Name(&amp;N)</translation>
  </message>
  <message>
   <source>姓名、拼音、事项</source>
   <translation>Name, pinyin, item</translation>
  </message>
  <message>
   <source>姓名、拼音首字母、收件号、事项或功能</source>
   <translation>Name, pinyin initials, intake number, item or action</translation>
  </message>
  <message>
   <source>姓名、拼音首字母、证件尾号、电话</source>
   <translation>Name, pinyin initials, end of ID, telephone</translation>
  </message>
  <message>
   <source>姓名、拼音首字母、证件尾号、电话、收件号</source>
   <translation>Name, pinyin initials, end of ID, telephone, intake number</translation>
  </message>
  <message>
   <source>姓名、证件尾号、电话，或要办的事（低保、残疾证、房产证…），回车选定</source>
   <translation>A name, end of a number, telephone, or the matter; Enter takes it</translation>
  </message>
  <message>
   <source>姓名中间的空格已去掉。</source>
   <translation>Blanks within the name taken out.</translation>
  </message>
  <message>
   <source>姓名后面的“%1”没有取。</source>
   <translation>“%1” behind the name was not taken.</translation>
  </message>
  <message>
   <source>姓名最多 %1 个字，现在是 %2 个。</source>
   <translation>A name has at most %1 characters; this has %2.</translation>
  </message>
  <message>
   <source>姓名里</source>
   <translation>In the name, </translation>
  </message>
  <message>
   <source>姓名里不能有%1，请按证件上的写法填写。</source>
   <translation>A name cannot hold %1; write it as the card does.</translation>
  </message>
  <message>
   <source>姓名里有别的电脑认不得的字 %1。</source>
   <translation>The name has a character that no other computer knows: %1.</translation>
  </message>
  <message>
   <source>姓名里的%1已去掉。</source>
   <translation>%1 taken out of the name.</translation>
  </message>
  <message>
   <source>姓名里的间隔号已改成“·”。</source>
   <translation>The dot in the name is now “·”.</translation>
  </message>
  <message>
   <source>子女</source>
   <translation>Child</translation>
  </message>
  <message>
   <source>字图已保存。关闭后重新打开这份文书，就印出字图。</source>
   <translation>The picture is kept. Close this paper and open it again to print it.</translation>
  </message>
  <message>
   <source>存签字件</source>
   <translation>Keep signed copy</translation>
  </message>
  <message>
   <source>宁夏回族自治区</source>
   <translation>Ningxia</translation>
  </message>
  <message>
   <source>它能找到本机，本机找不到它，多半是那台电脑的防火墙没有放行代办台。%1</source>
   <translation>It finds this PC, this PC does not find it: most likely that PC's firewall does not let Daiban Desk through. %1</translation>
  </message>
  <message>
   <source>安徽省</source>
   <translation>Anhui</translation>
  </message>
  <message>
   <source>完成</source>
   <translation>Done</translation>
  </message>
  <message>
   <source>实收几件(&amp;S)</source>
   <translation>Received (&amp;S)</translation>
  </message>
  <message>
   <source>实施这个事项的机构不管这个地方。</source>
   <translation>The body that exercises this item does not serve this place.</translation>
  </message>
  <message>
   <source>实施这个事项的机构这一天还没有成立，或者已经撤销而没有机构接办。</source>
   <translation>On this day the body that exercises this item has not begun, or is closed and nobody has its work.</translation>
  </message>
  <message>
   <source>审定人</source>
   <translation>Reviewed by</translation>
  </message>
  <message>
   <source>审定人(&amp;R)</source>
   <translation>Reviewer (&amp;R)</translation>
  </message>
  <message>
   <source>审定日期</source>
   <translation>Reviewed on</translation>
  </message>
  <message>
   <source>审查中</source>
   <translation>Under review</translation>
  </message>
  <message>
   <source>家庭</source>
   <translation>Household</translation>
  </message>
  <message>
   <source>寄出纸质材料</source>
   <translation>papers posted</translation>
  </message>
  <message>
   <source>密码(&amp;P)</source>
   <translation>Password(&amp;P)</translation>
  </message>
  <message>
   <source>密码已改。</source>
   <translation>Password changed.</translation>
  </message>
  <message>
   <source>密码没有改。</source>
   <translation>The password was not changed.</translation>
  </message>
  <message>
   <source>密码至少 %1 位，可以用几个字或一句话。</source>
   <translation>A password has at least %1 characters; a few words or a sentence will do.</translation>
  </message>
  <message>
   <source>密码，现在的或做备份时的(&amp;P)</source>
   <translation>Password, of today or of the backup's day(&amp;P)</translation>
  </message>
  <message>
   <source>密码，至少 8 位(&amp;P)</source>
   <translation>Password, at least 8 characters(&amp;P)</translation>
  </message>
  <message>
   <source>密钥已更换。</source>
   <translation>The keys were changed.</translation>
  </message>
  <message>
   <source>对不上</source>
   <translation>Does not fit</translation>
  </message>
  <message>
   <source>对方中途离开了。</source>
   <translation>The other side left in the middle.</translation>
  </message>
  <message>
   <source>对方太慢，等不到。</source>
   <translation>The other side is too slow.</translation>
  </message>
  <message>
   <source>对方已接收</source>
   <translation>Other end has it</translation>
  </message>
  <message>
   <source>对方的回应超过上限，不是本旗中心的回应。</source>
   <translation>The answer is larger than allowed; it is not our centre's.</translation>
  </message>
  <message>
   <source>对方的密钥不能用来封包，没有回信。</source>
   <translation>Nothing can be sealed with the other side's key; there is no answer.</translation>
  </message>
  <message>
   <source>对方的来信开头太长。</source>
   <translation>The beginning of what came is too long.</translation>
  </message>
  <message>
   <source>对照合并</source>
   <translation>Compare and merge</translation>
  </message>
  <message>
   <source>导入</source>
   <translation>Import</translation>
  </message>
  <message>
   <source>导入(&amp;G)</source>
   <translation>Import(&amp;G)</translation>
  </message>
  <message>
   <source>导入(&amp;I)</source>
   <translation>Import (&amp;I)</translation>
  </message>
  <message>
   <source>导入已停下。</source>
   <translation>The import was stopped.</translation>
  </message>
  <message>
   <source>导入旧台账</source>
   <translation>Import an old ledger</translation>
  </message>
  <message>
   <source>导入旧台账(&amp;O)</source>
   <translation>Import an old ledger(&amp;O)</translation>
  </message>
  <message>
   <source>导入花名册</source>
   <translation>Import a roll of people</translation>
  </message>
  <message>
   <source>导入花名册(&amp;I)</source>
   <translation>Import a roll of people(&amp;I)</translation>
  </message>
  <message>
   <source>导入表格</source>
   <translation>Import a table</translation>
  </message>
  <message>
   <source>导入表格(&amp;X)</source>
   <translation>Import a table(&amp;X)</translation>
  </message>
  <message>
   <source>导入记录</source>
   <translation>Imports</translation>
  </message>
  <message>
   <source>导入记录(&amp;L)</source>
   <translation>Imports(&amp;L)</translation>
  </message>
  <message>
   <source>导出空表</source>
   <translation>Export table</translation>
  </message>
  <message>
   <source>导出空表(&amp;X)</source>
   <translation>Export table (&amp;X)</translation>
  </message>
  <message>
   <source>导出表格</source>
   <translation>Export</translation>
  </message>
  <message>
   <source>导出表格(&amp;E)</source>
   <translation>Export(&amp;E)</translation>
  </message>
  <message>
   <source>封好，打印移交清单</source>
   <translation>Seal and print the list</translation>
  </message>
  <message>
   <source>封条号（没有可不填）(&amp;N)</source>
   <translation>Seal number (optional)(&amp;N)</translation>
  </message>
  <message>
   <source>封装号以 Z 开头，后面 22 位数字，在移交清单上。</source>
   <translation>The number begins with Z and has 22 digits; it stands on the handing-over list.</translation>
  </message>
  <message>
   <source>小写字母或数字，如 suhe</source>
   <translation>Small letters or digits, such as suhe</translation>
  </message>
  <message>
   <source>小票机端口（ESC/POS）(&amp;Y)</source>
   <translation>Roll printer's port (ESC/POS) (&amp;Y)</translation>
  </message>
  <message>
   <source>就取这一张</source>
   <translation>Take this one</translation>
  </message>
  <message>
   <source>就按现在的(&amp;K)</source>
   <translation>Keep what counts(&amp;K)</translation>
  </message>
  <message>
   <source>就按现在的(&amp;M)</source>
   <translation>Keep what counts(&amp;M)</translation>
  </message>
  <message>
   <source>就是今天</source>
   <translation>that is today</translation>
  </message>
  <message>
   <source>就这样登记</source>
   <translation>Register like this</translation>
  </message>
  <message>
   <source>居民身份证</source>
   <translation>Identity card</translation>
  </message>
  <message>
   <source>山东省</source>
   <translation>Shandong</translation>
  </message>
  <message>
   <source>山西省</source>
   <translation>Shanxi</translation>
  </message>
  <message>
   <source>岗位</source>
   <translation>Post</translation>
  </message>
  <message>
   <source>岗位(&amp;G)</source>
   <translation>Post (&amp;G)</translation>
  </message>
  <message>
   <source>工作人员提交的内容</source>
   <translation>What staff sends in</translation>
  </message>
  <message>
   <source>工作动态</source>
   <translation>Work news</translation>
  </message>
  <message>
   <source>工作表</source>
   <translation>Sheet</translation>
  </message>
  <message>
   <source>工作表%1也有列名，没有取。</source>
   <translation>The sheets %1 have such headings too and were not taken.</translation>
  </message>
  <message>
   <source>工作表“%1”：%2</source>
   <translation>Sheet “%1”: %2</translation>
  </message>
  <message>
   <source>左侧竖排（蒙古文在前）</source>
   <translation>Columns at the left (Mongolian first)</translation>
  </message>
  <message>
   <source>左转(&amp;L)</source>
   <translation>Turn left (&amp;L)</translation>
  </message>
  <message>
   <source>左转、右转、原样只为看，办件里的图片不变。</source>
   <translation>Turning and “As was” are only for looking; the case's pictures stay as they are.</translation>
  </message>
  <message>
   <source>差异：%1</source>
   <translation>Differences: %1</translation>
  </message>
  <message>
   <source>已与中心核对，没有新的内容。</source>
   <translation>Checked with the centre; nothing new.</translation>
  </message>
  <message>
   <source>已交件。</source>
   <translation>Handed over.</translation>
  </message>
  <message>
   <source>已交件，打印送达回证</source>
   <translation>Handed over, print note</translation>
  </message>
  <message>
   <source>已交还 %1 件。</source>
   <translation>%1 cases were given back.</translation>
  </message>
  <message>
   <source>已从U盘收到中心的 %1 条，写出 %2 条到U盘。</source>
   <translation>Received %1 entries of the centre from the stick, wrote %2 entries to it.</translation>
  </message>
  <message>
   <source>已从表格取 %1 户。%2</source>
   <translation>%1 households taken from the table.%2</translation>
  </message>
  <message>
   <source>已作废</source>
   <translation>void</translation>
  </message>
  <message>
   <source>已作废：这件办件 %1 作废了，回执不再有效。</source>
   <translation>Void: this case was voided on %1; the receipt is no longer valid.</translation>
  </message>
  <message>
   <source>已停下</source>
   <translation>Stopped</translation>
  </message>
  <message>
   <source>已停下。</source>
   <translation>Stopped.</translation>
  </message>
  <message>
   <source>已停用</source>
   <translation>revoked</translation>
  </message>
  <message>
   <source>已停用。数据的钥匙等%1登录一次后更换。</source>
   <translation>Closed. The key of the data is changed once %1 has logged in.</translation>
  </message>
  <message>
   <source>已停用，数据已换钥匙，记录都保留。</source>
   <translation>Closed, and the data have another key; all records stay.</translation>
  </message>
  <message>
   <source>已入网。</source>
   <translation>Enrolled.</translation>
  </message>
  <message>
   <source>已入网的电脑在“大厅”里打开互通。</source>
   <translation>An enrolled PC switches the hall on instead.</translation>
  </message>
  <message>
   <source>已入网，可以同步了。本点有几台电脑的，在“同步”页打开“大厅”。</source>
   <translation>Enrolled; it can sync now. Where this point has several PCs, open Hall on the Sync page.</translation>
  </message>
  <message>
   <source>已删 %1 行。</source>
   <translation>%1 rows deleted.</translation>
  </message>
  <message>
   <source>已到</source>
   <translation>Arrived</translation>
  </message>
  <message>
   <source>已到中心</source>
   <translation>At the centre</translation>
  </message>
  <message>
   <source>已到场</source>
   <translation>Came</translation>
  </message>
  <message>
   <source>已加入，压缩后 %1 kB。</source>
   <translation>Added; %1 kB.</translation>
  </message>
  <message>
   <source>已加别名。</source>
   <translation>Spelling added.</translation>
  </message>
  <message>
   <source>已去掉别名。</source>
   <translation>Spelling removed.</translation>
  </message>
  <message>
   <source>已取上年名册 %1 户。改动的行会标出来。</source>
   <translation>%1 households of last year's roll. Changed rows are marked.</translation>
  </message>
  <message>
   <source>已取办事人 %1 位。</source>
   <translation>%1 people taken over.</translation>
  </message>
  <message>
   <source>已取消</source>
   <translation>Called off</translation>
  </message>
  <message>
   <source>已受理</source>
   <translation>Accepted</translation>
  </message>
  <message>
   <source>已合并。</source>
   <translation>Merged.</translation>
  </message>
  <message>
   <source>已同意 %1（%2），它现在会取回全部记录；这一步已记下。</source>
   <translation>Said yes to %1 (%2): it fetches all records now; this step is recorded.</translation>
  </message>
  <message>
   <source>已同意终端 %1 查看本点以往的记录。</source>
   <translation>Desk %1 may now read the past of this point.</translation>
  </message>
  <message>
   <source>已同意，下次同步告诉中心</source>
   <translation>Agreed; the centre hears of it with the next sync</translation>
  </message>
  <message>
   <source>已同步 %1</source>
   <translation>Synced %1</translation>
  </message>
  <message>
   <source>已回到代办点</source>
   <translation>back at the point</translation>
  </message>
  <message>
   <source>已增加代办员。</source>
   <translation>Agent added.</translation>
  </message>
  <message>
   <source>已备份到两个地方：%1。</source>
   <translation>Backed up in two places: %1.</translation>
  </message>
  <message>
   <source>已备份并核对：%1。</source>
   <translation>Backed up and checked: %1.</translation>
  </message>
  <message>
   <source>已备份并核对：%1，%2 条记录。</source>
   <translation>Backed up and checked: %1, %2 entries.</translation>
  </message>
  <message>
   <source>已备份并装好 %1，下次打开就是新版本。</source>
   <translation>Backed up and installed %1; the next start is the new version.</translation>
  </message>
  <message>
   <source>已备份并装好 %1，关上再打开就是新版本。</source>
   <translation>Backed up and installed %1; close and open again for the new version.</translation>
  </message>
  <message>
   <source>已存到 %1。</source>
   <translation>Saved to %1.</translation>
  </message>
  <message>
   <source>已审定 %1 个，共 %2 个</source>
   <translation>%1 of %2 reviewed</translation>
  </message>
  <message>
   <source>已导入：新增 %1，改动 %2，相同 %3。</source>
   <translation>Imported: %1 new, %2 changed, %3 the same.</translation>
  </message>
  <message>
   <source>已导出 %1 件：%2</source>
   <translation>Exported %1 cases: %2</translation>
  </message>
  <message>
   <source>已导出：%1</source>
   <translation>Exported: %1</translation>
  </message>
  <message>
   <source>已封好，信封号尾号 %1。</source>
   <translation>Sealed; the envelope's number ends in %1.</translation>
  </message>
  <message>
   <source>已封装</source>
   <translation>Sealed</translation>
  </message>
  <message>
   <source>已并入</source>
   <translation>Merged</translation>
  </message>
  <message>
   <source>已并成一个人。</source>
   <translation>Made one person.</translation>
  </message>
  <message>
   <source>已归档</source>
   <translation>Archived</translation>
  </message>
  <message>
   <source>已录入的内容还在页面上。</source>
   <translation>What you typed is still on the page.</translation>
  </message>
  <message>
   <source>已恢复，请输入密码登录。</source>
   <translation>Restored. Type the password to log in.</translation>
  </message>
  <message>
   <source>已恢复：共 %1 条记录。</source>
   <translation>Restored: %1 entries.</translation>
  </message>
  <message>
   <source>已恢复：备份里有 %1 条记录。</source>
   <translation>Restored: the backup has %1 entries.</translation>
  </message>
  <message>
   <source>已报上级</source>
   <translation>Sent on to the level above</translation>
  </message>
  <message>
   <source>已报，等旗里核准</source>
   <translation>Handed in, waits for the banner</translation>
  </message>
  <message>
   <source>已接手 %1 件。</source>
   <translation>%1 cases were taken over.</translation>
  </message>
  <message>
   <source>已接收</source>
   <translation>Received</translation>
  </message>
  <message>
   <source>已接着上次的草稿。</source>
   <translation>Going on with the last draft.</translation>
  </message>
  <message>
   <source>已撤销</source>
   <translation>Undone</translation>
  </message>
  <message>
   <source>已撤销。</source>
   <translation>Undone.</translation>
  </message>
  <message>
   <source>已撤销上一步。</source>
   <translation>The last step is undone.</translation>
  </message>
  <message>
   <source>已撤销导入“%1”。%2</source>
   <translation>The import of “%1” was undone.%2</translation>
  </message>
  <message>
   <source>已撤销整本名册，%1 户的内容放回这里，可以改好再登记。</source>
   <translation>The whole roll was undone; the %1 households are back here, to be mended and registered again.</translation>
  </message>
  <message>
   <source>已撤销整本名册，%1 户的办件都作废了。</source>
   <translation>The whole roll was undone; the cases of %1 households are void.</translation>
  </message>
  <message>
   <source>已收　%1　原件 %2，复印件 %3</source>
   <translation>Here: %1: %2 originals, %3 copies</translation>
  </message>
  <message>
   <source>已收下，村里下次同步就看得到。</source>
   <translation>Taken over; the village sees it after its next sync.</translation>
  </message>
  <message>
   <source>已更新到 %1。</source>
   <translation>Updated to %1.</translation>
  </message>
  <message>
   <source>已更正，请把前一张回执收回。</source>
   <translation>Corrected. Please take the former receipt back.</translation>
  </message>
  <message>
   <source>已有结果</source>
   <translation>has a result</translation>
  </message>
  <message>
   <source>已核准，正在用</source>
   <translation>Approved, in force</translation>
  </message>
  <message>
   <source>已核对</source>
   <translation>Looked into</translation>
  </message>
  <message>
   <source>已核对，以%1的“%2”为准</source>
   <translation>settled: “%2” by %1 counts</translation>
  </message>
  <message>
   <source>已核对，各窗口都会看到。</source>
   <translation>Settled; all windows will see it.</translation>
  </message>
  <message>
   <source>已核对：两份都算，份数已合计。</source>
   <translation>Settled: both count, the numbers are added up.</translation>
  </message>
  <message>
   <source>已清空。</source>
   <translation>Cleared.</translation>
  </message>
  <message>
   <source>已留痕：取出答复码。请一组一组念，对方输完一组再念下一组。</source>
   <translation>Recorded: the answer code was taken. Read it group by group, the next when the other side has typed one.</translation>
  </message>
  <message>
   <source>已登记 %1 户。%2</source>
   <translation>%1 households registered. %2</translation>
  </message>
  <message>
   <source>已登记的内容都在。</source>
   <translation>What was registered is all there.</translation>
  </message>
  <message>
   <source>已登记的办件都在，没有丢失。</source>
   <translation>The registered cases are all there; nothing is lost.</translation>
  </message>
  <message>
   <source>已登记的名册</source>
   <translation>Rolls taken in</translation>
  </message>
  <message>
   <source>已登记的名册(&amp;T)</source>
   <translation>Rolls taken in(&amp;T)</translation>
  </message>
  <message>
   <source>已登记：%1</source>
   <translation>Registered: %1</translation>
  </message>
  <message>
   <source>已登记：%1，收件号尾号 %2</source>
   <translation>Registered: %1, intake number ends in %2</translation>
  </message>
  <message>
   <source>已移交</source>
   <translation>Handed over</translation>
  </message>
  <message>
   <source>已移交，信封在途。</source>
   <translation>Handed over; the envelope is on its way.</translation>
  </message>
  <message>
   <source>已移除，Ctrl+Z 可撤销。</source>
   <translation>Removed; Ctrl+Z brings it back.</translation>
  </message>
  <message>
   <source>已粘贴 %1 行。%2</source>
   <translation>%1 rows pasted.%2</translation>
  </message>
  <message>
   <source>已组卷寄出</source>
   <translation>posted in an envelope</translation>
  </message>
  <message>
   <source>已经删掉，现在的程序没有动。</source>
   <translation>It was removed; the program is as it was.</translation>
  </message>
  <message>
   <source>已记下信封交给了谁。</source>
   <translation>It is noted to whom the envelope went.</translation>
  </message>
  <message>
   <source>已记下接收。</source>
   <translation>Receipt noted.</translation>
  </message>
  <message>
   <source>已记下补交的材料，下次同步送到中心。</source>
   <translation>Noted; it goes to the centre at the next sync.</translation>
  </message>
  <message>
   <source>已记下，以后出的纸印在汉文姓名旁边。</source>
   <translation>Kept. Papers made from now on have it beside the Chinese name.</translation>
  </message>
  <message>
   <source>已记下，同步后报到旗里核准。</source>
   <translation>Kept. It goes to the banner for approval with the next sync.</translation>
  </message>
  <message>
   <source>已记下，少跑 %1 趟。</source>
   <translation>Noted; %1 trips saved.</translation>
  </message>
  <message>
   <source>已记下：本人到场了。</source>
   <translation>Noted: they came in person.</translation>
  </message>
  <message>
   <source>已评价</source>
   <translation>Rated</translation>
  </message>
  <message>
   <source>已超 %1 个工作日</source>
   <translation>%1 working days over</translation>
  </message>
  <message>
   <source>已超 %1 天</source>
   <translation>%1 days over</translation>
  </message>
  <message>
   <source>已超期，请问中心</source>
   <translation>overdue, ask the centre</translation>
  </message>
  <message>
   <source>已转报中心，等两位工作人员核实、确认。</source>
   <translation>Passed on: two people at the centre will make sure and confirm.</translation>
  </message>
  <message>
   <source>已转过去，那个窗口会看到。</source>
   <translation>Passed on; that window will see it.</translation>
  </message>
  <message>
   <source>已还原。</source>
   <translation>Put back.</translation>
  </message>
  <message>
   <source>已退件</source>
   <translation>sent back</translation>
  </message>
  <message>
   <source>已退回</source>
   <translation>Sent back</translation>
  </message>
  <message>
   <source>已退回 %1。</source>
   <translation>Sent back to %1.</translation>
  </message>
  <message>
   <source>已送出 %1 页，打印机可能还会印出来。</source>
   <translation>%1 pages were sent already; the printer may still print them.</translation>
  </message>
  <message>
   <source>已送达</source>
   <translation>Handed over</translation>
  </message>
  <message>
   <source>已选：</source>
   <translation>Chosen: </translation>
  </message>
  <message>
   <source>已通报</source>
   <translation>Circulated</translation>
  </message>
  <message>
   <source>已采用</source>
   <translation>Adopted</translation>
  </message>
  <message>
   <source>已重新留一份找回密码的密钥。</source>
   <translation>Another way back is kept.</translation>
  </message>
  <message>
   <source>已问到那个窗口：请那里的人输入本机的核对码并点同意，本机在等。</source>
   <translation>That window was asked: let the person there type this PC's code and say yes; this PC waits.</translation>
  </message>
  <message>
   <source>已预约</source>
   <translation>Booked</translation>
  </message>
  <message>
   <source>已预约，到日子前会列在“今日”里。</source>
   <translation>Booked; it stands under “Today” until then.</translation>
  </message>
  <message>
   <source>巴彦淖尔盟</source>
   <translation>Bayannur</translation>
  </message>
  <message>
   <source>市级</source>
   <translation>League / city</translation>
  </message>
  <message>
   <source>带件人 *(&amp;N)</source>
   <translation>Carrier *(&amp;N)</translation>
  </message>
  <message>
   <source>带件人在移交清单上签字。</source>
   <translation>The carrier signs the list.</translation>
  </message>
  <message>
   <source>带件人姓名</source>
   <translation>the carrier's name</translation>
  </message>
  <message>
   <source>带回来的结果</source>
   <translation>Results brought back</translation>
  </message>
  <message>
   <source>带来的材料</source>
   <translation>Materials brought</translation>
  </message>
  <message>
   <source>帮助</source>
   <translation>Help</translation>
  </message>
  <message>
   <source>帮助和快捷键</source>
   <translation>Help and keys</translation>
  </message>
  <message>
   <source>帮助的内容</source>
   <translation>Text of the help</translation>
  </message>
  <message>
   <source>帮助的各页</source>
   <translation>Pages of the help</translation>
  </message>
  <message>
   <source>帮村里找回密码</source>
   <translation>Help a village with a password</translation>
  </message>
  <message>
   <source>帮村里找回密码(&amp;W)</source>
   <translation>Help with a password (&amp;W)</translation>
  </message>
  <message>
   <source>常见问题</source>
   <translation>Common questions</translation>
  </message>
  <message>
   <source>平均</source>
   <translation>Mean</translation>
  </message>
  <message>
   <source>并入</source>
   <translation>Merged into it</translation>
  </message>
  <message>
   <source>广东省</source>
   <translation>Guangdong</translation>
  </message>
  <message>
   <source>广西壮族自治区</source>
   <translation>Guangxi</translation>
  </message>
  <message>
   <source>应为 18 位，现在是 %1 位。</source>
   <translation>It has 18 characters; this has %1.</translation>
  </message>
  <message>
   <source>应当办的事项(&amp;F)</source>
   <translation>The right item (&amp;F)</translation>
  </message>
  <message>
   <source>延期</source>
   <translation>Extended</translation>
  </message>
  <message>
   <source>延长审批</source>
   <translation>Extended approval</translation>
  </message>
  <message>
   <source>开始使用(&amp;N)</source>
   <translation>Begin(&amp;N)</translation>
  </message>
  <message>
   <source>归档</source>
   <translation>Archived</translation>
  </message>
  <message>
   <source>当场</source>
   <translation>at once</translation>
  </message>
  <message>
   <source>当场退还的更正须由收件的代办点作出</source>
   <translation>what was given back at the counter is corrected by the point alone</translation>
  </message>
  <message>
   <source>当时已在%1，没有再转</source>
   <translation>it was at %1 already, and was not passed on again</translation>
  </message>
  <message>
   <source>当时已是“%1”</source>
   <translation>was already “%1”</translation>
  </message>
  <message>
   <source>当时状态为“%1”，“%2”未生效</source>
   <translation>The state was “%1” then, so “%2” had no effect</translation>
  </message>
  <message>
   <source>往前数到 %1，是休息日，提前到前一个工作日。</source>
   <translation>Counted back to %1, a free day: the working day before it.</translation>
  </message>
  <message>
   <source>往返 %1 公里，%2 件，少跑 %3 趟</source>
   <translation>%1 km there and back, %2 cases, %3 trips saved</translation>
  </message>
  <message>
   <source>往返公里(&amp;K)</source>
   <translation>Kilometres there and back(&amp;K)</translation>
  </message>
  <message>
   <source>待交件</source>
   <translation>To hand over</translation>
  </message>
  <message>
   <source>待交件（在路上或已到点）</source>
   <translation>To hand over (on its way or here)</translation>
  </message>
  <message>
   <source>待补来</source>
   <translation>To follow</translation>
  </message>
  <message>
   <source>待补正</source>
   <translation>Supplement asked</translation>
  </message>
  <message>
   <source>待送</source>
   <translation>Waiting</translation>
  </message>
  <message>
   <source>待送 %1 条</source>
   <translation>%1 waiting</translation>
  </message>
  <message>
   <source>待送中心（条）</source>
   <translation>Waiting for the centre</translation>
  </message>
  <message>
   <source>必要</source>
   <translation>required</translation>
  </message>
  <message>
   <source>忘了密码请点“忘记密码”。</source>
   <translation>If you forgot it, press “Forgotten”.</translation>
  </message>
  <message>
   <source>忘记密码(&amp;F)</source>
   <translation>Forgotten password(&amp;F)</translation>
  </message>
  <message>
   <source>忘记密码时请旗中心帮忙用的那份密钥坏了，或有人换过：真忘了密码，中心也打不开。</source>
   <translation>The secret by which the centre helps when a password is forgotten is damaged, or was replaced: the centre could not help.</translation>
  </message>
  <message>
   <source>忘记密码的代办员</source>
   <translation>Agent who forgot the password</translation>
  </message>
  <message>
   <source>忘记密码的代办员 *(&amp;N)</source>
   <translation>Agent who forgot the password *(&amp;N)</translation>
  </message>
  <message>
   <source>忘记密码的申请</source>
   <translation>Request for a forgotten password</translation>
  </message>
  <message>
   <source>忘记密码的申请 %1 份，等中心答复。</source>
   <translation>%1 requests for a forgotten password wait for the centre.</translation>
  </message>
  <message>
   <source>快到期</source>
   <translation>nearly due</translation>
  </message>
  <message>
   <source>快捷键</source>
   <translation>Keys</translation>
  </message>
  <message>
   <source>快递申请</source>
   <translation>By courier</translation>
  </message>
  <message>
   <source>怎么不符(&amp;D)</source>
   <translation>What differs(&amp;D)</translation>
  </message>
  <message>
   <source>怎么写的</source>
   <translation>As written</translation>
  </message>
  <message>
   <source>怎么算的</source>
   <translation>How it is counted</translation>
  </message>
  <message>
   <source>怎样</source>
   <translation>State</translation>
  </message>
  <message>
   <source>怎样核实的</source>
   <translation>How it was made sure</translation>
  </message>
  <message>
   <source>怎样核实的（会留痕） *(&amp;R)</source>
   <translation>How it was made sure (recorded) *(&amp;R)</translation>
  </message>
  <message>
   <source>性别</source>
   <translation>Sex</translation>
  </message>
  <message>
   <source>恢复</source>
   <translation>Restore</translation>
  </message>
  <message>
   <source>恢复的结果</source>
   <translation>What was restored</translation>
  </message>
  <message>
   <source>您是谁</source>
   <translation>Who you are</translation>
  </message>
  <message>
   <source>您的姓名(&amp;M)</source>
   <translation>Your name(&amp;M)</translation>
  </message>
  <message>
   <source>您选的是“%1”，点“提交”才算数，现在还可以改。</source>
   <translation>You chose “%1”. It counts once you press “Hand in”; you can still change it.</translation>
  </message>
  <message>
   <source>情形</source>
   <translation>Situation</translation>
  </message>
  <message>
   <source>成批打印</source>
   <translation>Print many</translation>
  </message>
  <message>
   <source>成批打印(&amp;G)</source>
   <translation>Print many (&amp;G)</translation>
  </message>
  <message>
   <source>成批打印指南、张贴页</source>
   <translation>Print guides and notice sheets</translation>
  </message>
  <message>
   <source>我收的办件</source>
   <translation>Taken in by me</translation>
  </message>
  <message>
   <source>截止到 %1下班时；节假日表：%2。</source>
   <translation>Ends on %1 at close of business; holiday table: %2.</translation>
  </message>
  <message>
   <source>截至</source>
   <translation>as of</translation>
  </message>
  <message>
   <source>户主</source>
   <translation>Householder</translation>
  </message>
  <message>
   <source>户主证件号码</source>
   <translation>Identity number of the head</translation>
  </message>
  <message>
   <source>所有文件</source>
   <translation>All files</translation>
  </message>
  <message>
   <source>手写签名（也可在纸上签）</source>
   <translation>Signature by hand (or sign on paper)</translation>
  </message>
  <message>
   <source>手写签名，可空着改用纸上签字</source>
   <translation>Sign by hand; leave empty to sign on paper</translation>
  </message>
  <message>
   <source>手机号应为 11 位，现在是 %1 位。</source>
   <translation>A mobile number has 11 digits; this has %1.</translation>
  </message>
  <message>
   <source>打几个字，如：洪格尔 乌日尼勒图</source>
   <translation>Type a few characters, e.g. 洪格尔 乌日尼勒图</translation>
  </message>
  <message>
   <source>打印</source>
   <translation>Print</translation>
  </message>
  <message>
   <source>打印(&amp;P)</source>
   <translation>Print(&amp;P)</translation>
  </message>
  <message>
   <source>打印公示</source>
   <translation>Print notice</translation>
  </message>
  <message>
   <source>打印出了意外的问题。</source>
   <translation>Printing ran into something unexpected.</translation>
  </message>
  <message>
   <source>打印台账(&amp;L)</source>
   <translation>Print ledger(&amp;L)</translation>
  </message>
  <message>
   <source>打印回执</source>
   <translation>Print receipts</translation>
  </message>
  <message>
   <source>打印回执(&amp;R)</source>
   <translation>Print receipt(&amp;R)</translation>
  </message>
  <message>
   <source>打印存有的信息(&amp;P)</source>
   <translation>Print what we hold(&amp;P)</translation>
  </message>
  <message>
   <source>打印已停下。</source>
   <translation>Printing was stopped.</translation>
  </message>
  <message>
   <source>打印指南、张贴页(&amp;G)</source>
   <translation>Print guides, sheets (&amp;G)</translation>
  </message>
  <message>
   <source>打印期限计算单</source>
   <translation>Print the deadline sheet</translation>
  </message>
  <message>
   <source>打印机</source>
   <translation>Printers</translation>
  </message>
  <message>
   <source>打印机(&amp;P)</source>
   <translation>Printer (&amp;P)</translation>
  </message>
  <message>
   <source>打印机、字号、备份、代办员</source>
   <translation>Printers, text size, backups, agents</translation>
  </message>
  <message>
   <source>打印机测试页</source>
   <translation>Printer test page</translation>
  </message>
  <message>
   <source>打印机（%1）没有回应。</source>
   <translation>The printer (%1) does not answer.</translation>
  </message>
  <message>
   <source>打印没有开始，打印机没有收下这份纸。</source>
   <translation>Printing did not begin; the printer did not take this paper.</translation>
  </message>
  <message>
   <source>打印没有开始，系统的打印服务没有收下这份纸。</source>
   <translation>Printing has not begun: the system's print service did not take this paper.</translation>
  </message>
  <message>
   <source>打印清样(&amp;P)</source>
   <translation>Print proof (&amp;P)</translation>
  </message>
  <message>
   <source>打印送件登记(&amp;P)</source>
   <translation>Print trip ledger(&amp;P)</translation>
  </message>
  <message>
   <source>打印队列</source>
   <translation>Print queue</translation>
  </message>
  <message>
   <source>打开(&amp;L)</source>
   <translation>Open(&amp;L)</translation>
  </message>
  <message>
   <source>打开了“大厅”互通时几秒就到，过一会儿再看；那个窗口关着时，等它开机。</source>
   <translation>With the hall switched on it comes in seconds, so look again shortly; if that window is off, wait until it is on.</translation>
  </message>
  <message>
   <source>打开互通(&amp;O)</source>
   <translation>Switch on(&amp;O)</translation>
  </message>
  <message>
   <source>打开代办台</source>
   <translation>Open Daiban Desk</translation>
  </message>
  <message>
   <source>打开办件(&amp;O)</source>
   <translation>Open the case(&amp;O)</translation>
  </message>
  <message>
   <source>打开练习(&amp;H)</source>
   <translation>Open practice(&amp;H)</translation>
  </message>
  <message>
   <source>打开身份证照片，用鼠标只框出“%1”（U+%2）这一个字，点“裁剪”，再点“好了”。</source>
   <translation>Open a photograph of the card, pull a frame around the one character “%1” (U+%2), press Crop, then Done.</translation>
  </message>
  <message>
   <source>打村名、拼音或首字母都行；重名的前面加苏木、乡镇或旗县。苏木乡镇、旗县自己的窗口，打它的名字。也可以打区划代码。</source>
   <translation>The village's name, its pinyin or initials; of several with one name, the sumu, town or banner in front. For a sumu's, town's or banner's own window, its name. The division's code will do too.</translation>
  </message>
  <message>
   <source>打电话给旗中心，或请苏木乡镇的便民服务中心转报，念出下面的申请码。核实后打回来，一组一组念答复码。没有电话就用U盘：写申请，送到中心，再拿回来读答复。</source>
   <translation>Ring the banner centre, or ask the sumu's or township's centre to pass it on, and read out the request code below. Once it is verified they ring back and read the answer code group by group. Without a telephone use a USB stick: write the request, take it to the centre, bring it back and read the answer.</translation>
  </message>
  <message>
   <source>扫清单上的码，或输封装号 *(&amp;M)</source>
   <translation>Scan the code on the list, or type its number *(&amp;M)</translation>
  </message>
  <message>
   <source>批次</source>
   <translation>Batch</translation>
  </message>
  <message>
   <source>批次中的记录不属于这本日志或序号不连续（应为第 %1 条）。</source>
   <translation>Records of the batch are not of this log or not in order (should be no. %1).</translation>
  </message>
  <message>
   <source>批次内容与条数不符，不予接收。</source>
   <translation>The batch does not hold as many records as it says; not taken.</translation>
  </message>
  <message>
   <source>批次内容无法解压，或后面多出内容，不予接收。</source>
   <translation>The batch cannot be unpacked, or has more after its end; it is not taken.</translation>
  </message>
  <message>
   <source>批次内容被截断，不予接收。</source>
   <translation>The batch was cut short; not taken.</translation>
  </message>
  <message>
   <source>批次太大，请分小批发送。</source>
   <translation>The batch is too large; send smaller ones.</translation>
  </message>
  <message>
   <source>批次条数超过上限，不予接收。</source>
   <translation>The batch has too many entries and was not taken.</translation>
  </message>
  <message>
   <source>批次没有写明解压后的大小，不予接收。</source>
   <translation>The batch does not say how large it is unpacked; it is not taken.</translation>
  </message>
  <message>
   <source>批次解压后超过上限，不予接收。</source>
   <translation>The batch unpacks to more than allowed; not taken.</translation>
  </message>
  <message>
   <source>批量</source>
   <translation>Roll</translation>
  </message>
  <message>
   <source>批量回执</source>
   <translation>Receipts of the roll</translation>
  </message>
  <message>
   <source>批量收件</source>
   <translation>Roll taken in</translation>
  </message>
  <message>
   <source>批量登记</source>
   <translation>Take in a roll</translation>
  </message>
  <message>
   <source>批量登记已停下。</source>
   <translation>Taking in the roll was stopped.</translation>
  </message>
  <message>
   <source>找</source>
   <translation>Find</translation>
  </message>
  <message>
   <source>找“%1”</source>
   <translation>Looking for “%1”</translation>
  </message>
  <message>
   <source>找人、找件、找事项、找功能</source>
   <translation>Find people, cases, items, actions</translation>
  </message>
  <message>
   <source>找到很多，只列前 %1 个；再加一个部件。</source>
   <translation>Many were found, the first %1 are shown; add a part.</translation>
  </message>
  <message>
   <source>找到的</source>
   <translation>What was found</translation>
  </message>
  <message>
   <source>找到的人和事</source>
   <translation>People and matters found</translation>
  </message>
  <message>
   <source>找到的地方</source>
   <translation>Places found</translation>
  </message>
  <message>
   <source>找到的字</source>
   <translation>Characters found</translation>
  </message>
  <message>
   <source>找到的打印机：</source>
   <translation>Printers found: </translation>
  </message>
  <message>
   <source>找帮助</source>
   <translation>Search the help</translation>
  </message>
  <message>
   <source>找汉文词</source>
   <translation>Find a Chinese label</translation>
  </message>
  <message>
   <source>承办机关：%1</source>
   <translation>Handled by: %1</translation>
  </message>
  <message>
   <source>承办科室</source>
   <translation>Section in charge</translation>
  </message>
  <message>
   <source>承办科室(&amp;U)</source>
   <translation>Section in charge (&amp;U)</translation>
  </message>
  <message>
   <source>承诺 %1 办结，%2</source>
   <translation>Promised for %1, %2</translation>
  </message>
  <message>
   <source>承诺件</source>
   <translation>Within a promise</translation>
  </message>
  <message>
   <source>承诺办结：%1</source>
   <translation>Promised: %1</translation>
  </message>
  <message>
   <source>承诺日期</source>
   <translation>Promised for</translation>
  </message>
  <message>
   <source>承诺时限</source>
   <translation>Promised limit</translation>
  </message>
  <message>
   <source>承诺时限(&amp;T)</source>
   <translation>Promised limit (&amp;T)</translation>
  </message>
  <message>
   <source>承诺时限不能比旗里公布的长，也不能改变是不是即办。</source>
   <translation>The promised limit may not be longer than the banner's, nor change whether it is done on the spot.</translation>
  </message>
  <message>
   <source>承诺时限请写成“15个工作日”“即办”这样。</source>
   <translation>Write the promised limit as “15个工作日” or “即办”.</translation>
  </message>
  <message>
   <source>承诺时限长于法定时限</source>
   <translation>Promised limit longer than the statutory one</translation>
  </message>
  <message>
   <source>技术细节</source>
   <translation>Technical details</translation>
  </message>
  <message>
   <source>把中心丢失的回复交还给它</source>
   <translation>Giving the centre back the answers it lost</translation>
  </message>
  <message>
   <source>把回信写到U盘</source>
   <translation>Writing answers onto the stick</translation>
  </message>
  <message>
   <source>把图片写到U盘</source>
   <translation>Writing pictures to the stick</translation>
  </message>
  <message>
   <source>把签好字的纸拍照，存在这份文书旁边</source>
   <translation>Photograph the signed paper and keep it beside this document</translation>
  </message>
  <message>
   <source>护照号码一般是字母加 7 到 8 位数字，请核对。</source>
   <translation>A passport usually has letters and 7 to 8 digits: please check.</translation>
  </message>
  <message>
   <source>报旗里核准(&amp;S)</source>
   <translation>Hand in for approval (&amp;S)</translation>
  </message>
  <message>
   <source>报给旗中心编辑的，采用、退回都回到这里。</source>
   <translation>What was handed to the centre's editors; their answer comes back here.</translation>
  </message>
  <message>
   <source>报送政务信息</source>
   <translation>Information handed in</translation>
  </message>
  <message>
   <source>指南</source>
   <translation>Guides</translation>
  </message>
  <message>
   <source>指南的文字</source>
   <translation>Script of the guide</translation>
  </message>
  <message>
   <source>按 Ctrl+N 登记第一件，按 F1 看快捷键。</source>
   <translation>Press Ctrl+N to register the first case, F1 for the keys.</translation>
  </message>
  <message>
   <source>按%1，户籍在%2。</source>
   <translation>By %1, registered in %2.</translation>
  </message>
  <message>
   <source>按事项</source>
   <translation>By item</translation>
  </message>
  <message>
   <source>按事项筛选</source>
   <translation>Filter by item</translation>
  </message>
  <message>
   <source>按代办员筛选</source>
   <translation>Filter by agent</translation>
  </message>
  <message>
   <source>按号码出生于 %1 年，已 %2 岁，请核对。</source>
   <translation>By the number born in %1, so %2 years old; please check.</translation>
  </message>
  <message>
   <source>按您的选择，先不导入。</source>
   <translation>As you chose, nothing is imported yet.</translation>
  </message>
  <message>
   <source>按收件日期筛选</source>
   <translation>Filter by date taken in</translation>
  </message>
  <message>
   <source>按时限筛选</source>
   <translation>Filter by deadline</translation>
  </message>
  <message>
   <source>按月</source>
   <translation>By month</translation>
  </message>
  <message>
   <source>按月、事项、用时、评价</source>
   <translation>By month, item, time, rating</translation>
  </message>
  <message>
   <source>按期</source>
   <translation>On time</translation>
  </message>
  <message>
   <source>按状态</source>
   <translation>By state</translation>
  </message>
  <message>
   <source>按状态筛选</source>
   <translation>Filter by state</translation>
  </message>
  <message>
   <source>按窗口</source>
   <translation>By window</translation>
  </message>
  <message>
   <source>按评价的月份统计，一个月每满 %1 个评价一起显示。%2</source>
   <translation>By the month of the rating, shown %1 at a time. %2</translation>
  </message>
  <message>
   <source>按部件、笔画、码点打字</source>
   <translation>Type by parts, strokes or code point</translation>
  </message>
  <message>
   <source>按键</source>
   <translation>Key</translation>
  </message>
  <message>
   <source>损坏的文件原样保留，没有删除。</source>
   <translation>The damaged file is kept as it is; nothing was deleted.</translation>
  </message>
  <message>
   <source>换一台打印机</source>
   <translation>Another printer</translation>
  </message>
  <message>
   <source>换了电脑？用备份恢复(&amp;R)</source>
   <translation>Another computer? Restore from a backup(&amp;R)</translation>
  </message>
  <message>
   <source>换事项</source>
   <translation>Other item</translation>
  </message>
  <message>
   <source>换人</source>
   <translation>Somebody else</translation>
  </message>
  <message>
   <source>换密码</source>
   <translation>Password changed</translation>
  </message>
  <message>
   <source>换成 %1</source>
   <translation>Change to %1</translation>
  </message>
  <message>
   <source>换新电脑</source>
   <translation>New PC</translation>
  </message>
  <message>
   <source>换新电脑(&amp;N)</source>
   <translation>New PC(&amp;N)</translation>
  </message>
  <message>
   <source>授权组织</source>
   <translation>Authorised organisation</translation>
  </message>
  <message>
   <source>排印</source>
   <translation>Making papers</translation>
  </message>
  <message>
   <source>排印(&amp;P)</source>
   <translation>Make them (&amp;P)</translation>
  </message>
  <message>
   <source>排队</source>
   <translation>Waiting</translation>
  </message>
  <message>
   <source>接手 %1的办件</source>
   <translation>Take over the cases of %1</translation>
  </message>
  <message>
   <source>接手它的办件(&amp;T)</source>
   <translation>Take over its cases(&amp;T)</translation>
  </message>
  <message>
   <source>接手的原因</source>
   <translation>why it is taken over</translation>
  </message>
  <message>
   <source>接手窗口</source>
   <translation>Window stood in for</translation>
  </message>
  <message>
   <source>接手草稿</source>
   <translation>Draft taken up</translation>
  </message>
  <message>
   <source>接收</source>
   <translation>Received</translation>
  </message>
  <message>
   <source>接收中心的回复</source>
   <translation>Receiving the centre's answer</translation>
  </message>
  <message>
   <source>接收人 *(&amp;N)</source>
   <translation>Received by *(&amp;N)</translation>
  </message>
  <message>
   <source>接收人姓名</source>
   <translation>the receiver's name</translation>
  </message>
  <message>
   <source>接收单位(&amp;U)</source>
   <translation>Office(&amp;U)</translation>
  </message>
  <message>
   <source>接着填(&amp;K)</source>
   <translation>Keep filling in (&amp;K)</translation>
  </message>
  <message>
   <source>接着填(&amp;L)</source>
   <translation>Go on with it(&amp;L)</translation>
  </message>
  <message>
   <source>推送到办理地</source>
   <translation>pushed there</translation>
  </message>
  <message>
   <source>提交(&amp;S)</source>
   <translation>Hand in(&amp;S)</translation>
  </message>
  <message>
   <source>提供新版本</source>
   <translation>Version offered</translation>
  </message>
  <message>
   <source>提前办理</source>
   <translation>Ahead of time</translation>
  </message>
  <message>
   <source>提示</source>
   <translation>Note</translation>
  </message>
  <message>
   <source>撤销</source>
   <translation>Undo</translation>
  </message>
  <message>
   <source>撤销(&amp;Z)</source>
   <translation>Undo (&amp;Z)</translation>
  </message>
  <message>
   <source>撤销刚才的一步</source>
   <translation>Undo the last step</translation>
  </message>
  <message>
   <source>撤销受理</source>
   <translation>Acceptance taken back</translation>
  </message>
  <message>
   <source>撤销合并</source>
   <translation>Merge undone</translation>
  </message>
  <message>
   <source>撤销名册</source>
   <translation>Roll undone</translation>
  </message>
  <message>
   <source>撤销导入</source>
   <translation>Import undone</translation>
  </message>
  <message>
   <source>撤销整本</source>
   <translation>Undo the whole roll</translation>
  </message>
  <message>
   <source>撤销整本名册</source>
   <translation>Undo the whole roll</translation>
  </message>
  <message>
   <source>撤销的原因</source>
   <translation>Reason for undoing</translation>
  </message>
  <message>
   <source>收一件办件</source>
   <translation>Take a case in</translation>
  </message>
  <message>
   <source>收下时间</source>
   <translation>Taken in</translation>
  </message>
  <message>
   <source>收下村里的信封</source>
   <translation>Take a village's envelope</translation>
  </message>
  <message>
   <source>收下村里的信封(&amp;R)</source>
   <translation>Take a village's envelope (&amp;R)</translation>
  </message>
  <message>
   <source>收下的文件都在本机。</source>
   <translation>The files that were taken are on this computer.</translation>
  </message>
  <message>
   <source>收件 %1 件，了结 %2 件%3</source>
   <translation>%1 taken in, %2 ended%3</translation>
  </message>
  <message>
   <source>收件号</source>
   <translation>Intake number</translation>
  </message>
  <message>
   <source>收件号 %1</source>
   <translation>Intake number %1</translation>
  </message>
  <message>
   <source>收件号尾号 %1</source>
   <translation>intake number ends %1</translation>
  </message>
  <message>
   <source>收件号已用于本办件</source>
   <translation>The intake number is used for this case already</translation>
  </message>
  <message>
   <source>收件时电脑的时间不对，中心按实际收件时间改为</source>
   <translation>The computer's clock was wrong; by the real time the centre put</translation>
  </message>
  <message>
   <source>收件时间</source>
   <translation>Taken in</translation>
  </message>
  <message>
   <source>收到%1</source>
   <translation>%1 is here</translation>
  </message>
  <message>
   <source>收回</source>
   <translation>taken back</translation>
  </message>
  <message>
   <source>收回决定</source>
   <translation>Decision taken back</translation>
  </message>
  <message>
   <source>收费</source>
   <translation>Fees</translation>
  </message>
  <message>
   <source>收费没有依据</source>
   <translation>Fee without a basis</translation>
  </message>
  <message>
   <source>收进 %1 个词%2。</source>
   <translation>%1 labels taken in%2.</translation>
  </message>
  <message>
   <source>改一处(&amp;E)</source>
   <translation>Correct (&amp;E)</translation>
  </message>
  <message>
   <source>改写错了的，其余不动。原来写的和改后的都留在办件经过里。更正后重出的回执号码不变，前一张作废。</source>
   <translation>Change what is wrong and leave the rest. What stood there and what is right both stay in the history. The fresh receipt keeps its number; the former one is void.</translation>
  </message>
  <message>
   <source>改办事项</source>
   <translation>Other item</translation>
  </message>
  <message>
   <source>改办事项(&amp;T)</source>
   <translation>Other item (&amp;T)</translation>
  </message>
  <message>
   <source>改办并重出回执</source>
   <translation>Change, new receipt</translation>
  </message>
  <message>
   <source>改后再报(&amp;E)</source>
   <translation>Write anew (&amp;E)</translation>
  </message>
  <message>
   <source>改好了，Ctrl+Z 可撤销。</source>
   <translation>Done; Ctrl+Z takes it back.</translation>
  </message>
  <message>
   <source>改密码</source>
   <translation>Change password</translation>
  </message>
  <message>
   <source>改我的密码</source>
   <translation>Change my password</translation>
  </message>
  <message>
   <source>改我的密码(&amp;P)</source>
   <translation>My password(&amp;P)</translation>
  </message>
  <message>
   <source>改按</source>
   <translation>Go by</translation>
  </message>
  <message>
   <source>改按另一个(&amp;M)</source>
   <translation>Go by the other(&amp;M)</translation>
  </message>
  <message>
   <source>改收件号</source>
   <translation>Intake number changed</translation>
  </message>
  <message>
   <source>改的还是原来的事项。</source>
   <translation>This is the item it already has.</translation>
  </message>
  <message>
   <source>改资料</source>
   <translation>Edit</translation>
  </message>
  <message>
   <source>放一份在那里</source>
   <translation>Put a copy there</translation>
  </message>
  <message>
   <source>放到哪个文件夹</source>
   <translation>Which folder they go to</translation>
  </message>
  <message>
   <source>放大</source>
   <translation>Larger</translation>
  </message>
  <message>
   <source>放大(&amp;B)</source>
   <translation>Bigger (&amp;B)</translation>
  </message>
  <message>
   <source>政务信息</source>
   <translation>Government information</translation>
  </message>
  <message>
   <source>政务信息(&amp;I)</source>
   <translation>Information (&amp;I)</translation>
  </message>
  <message>
   <source>政务信息列表</source>
   <translation>List of information</translation>
  </message>
  <message>
   <source>政务信息办理</source>
   <translation>Information answered</translation>
  </message>
  <message>
   <source>政务信息的附件</source>
   <translation>Attachment of information</translation>
  </message>
  <message>
   <source>数字</source>
   <translation>number</translation>
  </message>
  <message>
   <source>数字不变，照样取</source>
   <translation>Take the figures as they are</translation>
  </message>
  <message>
   <source>数字最多 %1 位，现在是 %2 位。</source>
   <translation>At most %1 digits; there are %2.</translation>
  </message>
  <message>
   <source>数据不完整或被改动，中心没有接收任何内容。</source>
   <translation>The data is incomplete or was changed; the centre took nothing.</translation>
  </message>
  <message>
   <source>数据位置</source>
   <translation>Data folder</translation>
  </message>
  <message>
   <source>数据加密存在本机，密码就是钥匙。忘了密码，入网以后可由旗中心恢复。</source>
   <translation>The data is encrypted on this machine and the password is the key. Once enrolled, the banner centre can recover a forgotten one.</translation>
  </message>
  <message>
   <source>数据包在路上被改动或损坏，没有写入任何内容。</source>
   <translation>The package was changed or damaged on its way; nothing was written.</translation>
  </message>
  <message>
   <source>数据原样放进旁边的“set-aside-…”文件夹，不删除；以后找到账号文件还能恢复。</source>
   <translation>The data goes as it is to a folder “set-aside-…” beside it; nothing is deleted. It can be restored once the account file is found.</translation>
  </message>
  <message>
   <source>数据另存，重新设置</source>
   <translation>Set the data aside and begin anew</translation>
  </message>
  <message>
   <source>数据另存，重新设置(&amp;N)</source>
   <translation>Set the data aside and begin anew(&amp;N)</translation>
  </message>
  <message>
   <source>数据库出了问题。</source>
   <translation>Something is wrong with the database.</translation>
  </message>
  <message>
   <source>数据库原样保留，没有改动。</source>
   <translation>The database is as it was, unchanged.</translation>
  </message>
  <message>
   <source>数据库坏了。点“用备份恢复”：备份以后的记录会从坏文件里找回来。</source>
   <translation>The database is damaged. Restore from a backup: later entries are saved out of the damaged file.</translation>
  </message>
  <message>
   <source>数据库打不开：文件坏了，或不是本机的。</source>
   <translation>The database does not open: the file is damaged, or another desk's.</translation>
  </message>
  <message>
   <source>数据库文件损坏。</source>
   <translation>The database file is damaged.</translation>
  </message>
  <message>
   <source>数据库文件里有读不出的地方。已经打印、已经同步的不受影响，现在录的可能存不下。请关上，用备份恢复：备份以后的记录会从坏文件里找回来，没有找回的会说明是几条、哪几件。</source>
   <translation>Parts of the database file cannot be read. What was printed or synced is not touched, but what is typed now may not be kept. Close and restore from a backup: later entries are saved out of the damaged file, and you are told how many were not, and of which cases.</translation>
  </message>
  <message>
   <source>数据库有损坏</source>
   <translation>The database is damaged</translation>
  </message>
  <message>
   <source>数据库正被别的程序占用，这一步没有做成。</source>
   <translation>Another program is using the database; this step was not done.</translation>
  </message>
  <message>
   <source>数据库没有改动。</source>
   <translation>The database was not changed.</translation>
  </message>
  <message>
   <source>数据文件夹</source>
   <translation>data folder</translation>
  </message>
  <message>
   <source>数据是用更新版本的程序写的，这个版本不能打开。</source>
   <translation>The data was written by a newer version of the program; this version cannot open it.</translation>
  </message>
  <message>
   <source>数据没有改动。</source>
   <translation>The data was not changed.</translation>
  </message>
  <message>
   <source>数据版本比中心新，请等中心升级。</source>
   <translation>The data is newer than the centre; wait until it is updated.</translation>
  </message>
  <message>
   <source>数据都在。</source>
   <translation>All data are there.</translation>
  </message>
  <message>
   <source>数据都在，没有改动。</source>
   <translation>The data is there, unchanged.</translation>
  </message>
  <message>
   <source>整数</source>
   <translation>whole number</translation>
  </message>
  <message>
   <source>整本名册撤销：%1</source>
   <translation>The whole roll was undone: %1</translation>
  </message>
  <message>
   <source>文书</source>
   <translation>Papers</translation>
  </message>
  <message>
   <source>文件坏了，只读得到第 %1 行，没有取。</source>
   <translation>The file is damaged and can be read up to row %1 only; nothing was taken.</translation>
  </message>
  <message>
   <source>文件坏了，文字部分读不出来。</source>
   <translation>The file is damaged; its texts cannot be read.</translation>
  </message>
  <message>
   <source>文件夹(&amp;F)</source>
   <translation>Folder(&amp;F)</translation>
  </message>
  <message>
   <source>文件有 %1 MB，超过 %2 MB。</source>
   <translation>The file has %1 MB, more than %2 MB.</translation>
  </message>
  <message>
   <source>文件末尾有缺损，各行都已读到。</source>
   <translation>The end of the file is damaged; all rows were read.</translation>
  </message>
  <message>
   <source>文件末尾缺了半个字，已略去，请看最后一行是否完整。</source>
   <translation>Half a character at the end was left out; see whether the last row is whole.</translation>
  </message>
  <message>
   <source>文件没有写成：%1。</source>
   <translation>The file was not written: %1.</translation>
  </message>
  <message>
   <source>文件没有删除。</source>
   <translation>The file was not deleted.</translation>
  </message>
  <message>
   <source>文件没有改动。</source>
   <translation>The file was not changed.</translation>
  </message>
  <message>
   <source>文件类型：</source>
   <translation>Files of type:</translation>
  </message>
  <message>
   <source>文件里有 %1 个空字节，已略去。</source>
   <translation>%1 zero bytes in the file were left out.</translation>
  </message>
  <message>
   <source>文件里有不该有的内容，没有读。</source>
   <translation>The file has what it should not have; it was not read.</translation>
  </message>
  <message>
   <source>文件里没有工作表，可能坏了。</source>
   <translation>There is no sheet in the file; it may be damaged.</translation>
  </message>
  <message>
   <source>文件里的内容太多，读不出来。</source>
   <translation>The file has too much in it; it cannot be read.</translation>
  </message>
  <message>
   <source>文字(&amp;L)</source>
   <translation>Script (&amp;L)</translation>
  </message>
  <message>
   <source>文字大小(&amp;Z)</source>
   <translation>Text size(&amp;Z)</translation>
  </message>
  <message>
   <source>文字文档</source>
   <translation>A text document</translation>
  </message>
  <message>
   <source>新增</source>
   <translation>new</translation>
  </message>
  <message>
   <source>新增 %1 人</source>
   <translation>%1 new</translation>
  </message>
  <message>
   <source>新增 %1，改动 %2</source>
   <translation>%1 new, %2 changed</translation>
  </message>
  <message>
   <source>新密码(&amp;P)</source>
   <translation>New password(&amp;P)</translation>
  </message>
  <message>
   <source>新密码要和别人给的不一样。</source>
   <translation>The new password must differ from the one you were given.</translation>
  </message>
  <message>
   <source>新密码，至少 8 位(&amp;P)</source>
   <translation>New password, at least 8 characters(&amp;P)</translation>
  </message>
  <message>
   <source>新密钥无法识读，不予接收。</source>
   <translation>The new keys cannot be read; not taken.</translation>
  </message>
  <message>
   <source>新密钥没有持有人的签名，不予接收。</source>
   <translation>The new keys lack their holder's signature; not taken.</translation>
  </message>
  <message>
   <source>新来的办事人：%1</source>
   <translation>Somebody new: %1</translation>
  </message>
  <message>
   <source>新版本 %1 在这台电脑上运行不了，没有装。</source>
   <translation>Version %1 does not run on this computer; it was not installed.</translation>
  </message>
  <message>
   <source>新版本 %1 没有启动成功，已自动回到 %2。数据没有丢失。请告诉旗中心。</source>
   <translation>Version %1 did not start; back at %2 by itself. No data are lost. Tell the banner centre.</translation>
  </message>
  <message>
   <source>新版本没有装上（%1）。</source>
   <translation>The new version was not installed (%1).</translation>
  </message>
  <message>
   <source>新版本由旗中心用U盘或网络送来。装之前先备份，下次打开生效；启动不成功会自动回到现在的版本。</source>
   <translation>New versions come from the banner centre, by stick or network. A backup is made first; the next start is the new version; if it does not start, this one comes back by itself.</translation>
  </message>
  <message>
   <source>新电脑</source>
   <translation>New PCs</translation>
  </message>
  <message>
   <source>新电脑屏幕上的核对码(&amp;K)</source>
   <translation>Code on the new PC's screen (&amp;K)</translation>
  </message>
  <message>
   <source>新电脑的申请</source>
   <translation>A new PC's request</translation>
  </message>
  <message>
   <source>新电脑第一次使用时选本代办点，先不入网；在它的“同步”页打开“大厅”，点“从邻窗取回”，填下面的地址和核对码。它的屏幕上也有一个核对码，输在这里。只有摆在你面前的那台电脑才点同意：它会得到本点全部记录。</source>
   <translation>On its first start choose this point on the new PC and do not enrol yet; on its Sync page open the Hall, press Fetch back from a window, and fill in the address and code below. A code stands on its screen too: type it here. Say yes only to the PC in front of you: it is given all records of this point.</translation>
  </message>
  <message>
   <source>新疆维吾尔自治区</source>
   <translation>Xinjiang</translation>
  </message>
  <message>
   <source>新终端 %1 自 %2 起，等着看本点以往的办件、证件号码和电话。是本点自己的电脑才同意。</source>
   <translation>Since %2 the new desk %1 has been waiting to read this point's past cases, identity numbers and telephones. Agree only where it is a PC of this point.</translation>
  </message>
  <message>
   <source>新转来</source>
   <translation>New</translation>
  </message>
  <message>
   <source>旁边的副本</source>
   <translation>the copy beside it</translation>
  </message>
  <message>
   <source>旗中心</source>
   <translation>the banner centre</translation>
  </message>
  <message>
   <source>旗中心告知的地址，如 https://……</source>
   <translation>The address the centre told you, e.g. https://…</translation>
  </message>
  <message>
   <source>旗中心提供了 %1（%2 MB）。%3</source>
   <translation>The centre offers %1 (%2 MB). %3</translation>
  </message>
  <message>
   <source>旗中心的网页 %1</source>
   <translation>The centre's pages: %1</translation>
  </message>
  <message>
   <source>旗里公布的</source>
   <translation>As the banner published it</translation>
  </message>
  <message>
   <source>旗里审定的词填在这里，有审定人的才印；空着的印汉文。程序不带译文。</source>
   <translation>The banner's reviewed words go here; only those with a reviewer print, empty ones stay Chinese. The program brings no translation.</translation>
  </message>
  <message>
   <source>旗里还没有发布办事事项，现在不能登记。发布后同步一次就有。</source>
   <translation>The banner has not published any items yet, so nothing can be registered now. Sync once after it has.</translation>
  </message>
  <message>
   <source>旗里退回</source>
   <translation>Sent back by the banner</translation>
  </message>
  <message>
   <source>日</source>
   <translation>days</translation>
  </message>
  <message>
   <source>日期</source>
   <translation>Date</translation>
  </message>
  <message>
   <source>日期(&amp;D)</source>
   <translation>Date(&amp;D)</translation>
  </message>
  <message>
   <source>日期不详</source>
   <translation>day unknown</translation>
  </message>
  <message>
   <source>旧台账</source>
   <translation>Old ledger</translation>
  </message>
  <message>
   <source>旧台账（补录）</source>
   <translation>Old ledger (entered later)</translation>
  </message>
  <message>
   <source>旧版永久居留证号码一般是 3 位字母加 12 位数字，请核对。</source>
   <translation>An old residence permit usually has 3 letters and 12 digits: please check.</translation>
  </message>
  <message>
   <source>旧版表格</source>
   <translation>An old spreadsheet</translation>
  </message>
  <message>
   <source>时间</source>
   <translation>When</translation>
  </message>
  <message>
   <source>时限咨询</source>
   <translation>Ask about time</translation>
  </message>
  <message>
   <source>时限规则“%1”不存在</source>
   <translation>The regime “%1” does not exist</translation>
  </message>
  <message>
   <source>时限规则“%1”重复</source>
   <translation>The time-limit rule "%1" is there twice</translation>
  </message>
  <message>
   <source>明暗(&amp;M)</source>
   <translation>Light or dark(&amp;M)</translation>
  </message>
  <message>
   <source>星期一</source>
   <translation>Monday</translation>
  </message>
  <message>
   <source>星期三</source>
   <translation>Wednesday</translation>
  </message>
  <message>
   <source>星期二</source>
   <translation>Tuesday</translation>
  </message>
  <message>
   <source>星期五</source>
   <translation>Friday</translation>
  </message>
  <message>
   <source>星期六</source>
   <translation>Saturday</translation>
  </message>
  <message>
   <source>星期四</source>
   <translation>Thursday</translation>
  </message>
  <message>
   <source>星期日</source>
   <translation>Sunday</translation>
  </message>
  <message>
   <source>春节</source>
   <translation>Spring Festival</translation>
  </message>
  <message>
   <source>是</source>
   <translation>Yes</translation>
  </message>
  <message>
   <source>是别的证件的，请先改证件种类。</source>
   <translation>If it is another paper, choose its kind first.</translation>
  </message>
  <message>
   <source>是同一个人吗？</source>
   <translation>Is it one person?</translation>
  </message>
  <message>
   <source>是真的。收件号 %1，%2 由本码所写的代办点开出。</source>
   <translation>Genuine. Intake number %1, issued on %2 by the point named in the code.</translation>
  </message>
  <message>
   <source>显示</source>
   <translation>Display</translation>
  </message>
  <message>
   <source>普通护照</source>
   <translation>Passport</translation>
  </message>
  <message>
   <source>暂停计时 %1 天不计：</source>
   <translation>%1 days with the clock stopped do not count: </translation>
  </message>
  <message>
   <source>暂停计时 %1 次已扣除。</source>
   <translation>%1 pauses are left out.</translation>
  </message>
  <message>
   <source>暂定</source>
   <translation>provisional</translation>
  </message>
  <message>
   <source>更换密钥</source>
   <translation>Keys changed</translation>
  </message>
  <message>
   <source>更新文件坏了：内容与清单对不上。</source>
   <translation>The update file is damaged: its content does not match its list.</translation>
  </message>
  <message>
   <source>更新文件太大。</source>
   <translation>The update file is too large.</translation>
  </message>
  <message>
   <source>更新文件是 %1，不比现在的 %2 新。</source>
   <translation>The update file is %1, no newer than %2, which runs now.</translation>
  </message>
  <message>
   <source>更新文件是给 %1 用的，这台电脑是 %2。</source>
   <translation>The update file is for %1; this computer is %2.</translation>
  </message>
  <message>
   <source>更新文件的名字以 .DBU 结尾。</source>
   <translation>Names of update files end in .DBU.</translation>
  </message>
  <message>
   <source>更新文件的清单</source>
   <translation>List of an update file</translation>
  </message>
  <message>
   <source>更新文件的清单看不懂。</source>
   <translation>The list in the update file cannot be read.</translation>
  </message>
  <message>
   <source>更新文件的清单里有不能用的文件名。</source>
   <translation>The update file names a file that may not be.</translation>
  </message>
  <message>
   <source>更新文件的签名不对：不是发布单位做的，或者被改动过。</source>
   <translation>The signature is wrong: the file was not made by the publisher, or was changed.</translation>
  </message>
  <message>
   <source>更新文件读不出来（%1）。</source>
   <translation>The update file cannot be read (%1).</translation>
  </message>
  <message>
   <source>更新文件（.DBU）、U盘或文件夹</source>
   <translation>Update file (.DBU), USB stick or folder</translation>
  </message>
  <message>
   <source>更正</source>
   <translation>Correction</translation>
  </message>
  <message>
   <source>更正(&amp;U)</source>
   <translation>Correct (&amp;U)</translation>
  </message>
  <message>
   <source>更正并重出回执</source>
   <translation>Correct and draw the receipt again</translation>
  </message>
  <message>
   <source>更正的原因</source>
   <translation>the reason for the correction</translation>
  </message>
  <message>
   <source>最后一位校验不符，有一位输错，请对照证照再输一次。</source>
   <translation>The last place does not fit, one is mistyped: compare it and enter it again.</translation>
  </message>
  <message>
   <source>最后一位校验不符，有数字输错，请对照证件再输一次。</source>
   <translation>The check digit does not fit, so a digit is wrong; compare with the card and type it again.</translation>
  </message>
  <message>
   <source>最多 %1 个字，现在是 %2 个。</source>
   <translation>At most %1 characters; this has %2.</translation>
  </message>
  <message>
   <source>最早 %1</source>
   <translation>oldest %1</translation>
  </message>
  <message>
   <source>最早的一条是 %1 写的</source>
   <translation>The oldest was written at %1</translation>
  </message>
  <message>
   <source>最近一份 %1，共 %2 份，都已打开核对。</source>
   <translation>Latest backup %1, %2 in all, each opened and checked.</translation>
  </message>
  <message>
   <source>最近一次：</source>
   <translation>The latest: </translation>
  </message>
  <message>
   <source>最近的办件</source>
   <translation>Latest cases</translation>
  </message>
  <message>
   <source>最近联系</source>
   <translation>Last heard</translation>
  </message>
  <message>
   <source>最迟%1</source>
   <translation>Latest day: %1</translation>
  </message>
  <message>
   <source>最迟在 %1下班前；节假日表：%2。</source>
   <translation>At the latest on %1 before closing; holiday table: %2.</translation>
  </message>
  <message>
   <source>最长</source>
   <translation>Longest</translation>
  </message>
  <message>
   <source>有 %1 个格子是公式，文件里没有结果（%2%3：%4）。</source>
   <translation>%1 cells are formulas whose results are not in the file (%2%3: %4).</translation>
  </message>
  <message>
   <source>有 %1 张图片中心没有接收，其余的照常送出；下次再送。</source>
   <translation>The centre did not take %1 picture(s); the others were sent as usual. They will be offered again next time.</translation>
  </message>
  <message>
   <source>有 %1 户 7 日内登记过同一事项。</source>
   <translation>%1 households were registered for the same item within 7 days.</translation>
  </message>
  <message>
   <source>有 %1 户 7 日内登记过同一事项，没有登记。</source>
   <translation>%1 households were registered for the same item within 7 days; nothing was registered.</translation>
  </message>
  <message>
   <source>有 %1 条记录没有找回%2%3。同步后仍没有的，请照回执补登。</source>
   <translation>Not saved: %1 entries%2%3. What is still missing after a sync has to be typed again from the receipts.</translation>
  </message>
  <message>
   <source>有 %1 行%2（第 %3 行）。</source>
   <translation>%1 rows are %2 (row %3).</translation>
  </message>
  <message>
   <source>有 %1 行以上</source>
   <translation> has more than %1 lines</translation>
  </message>
  <message>
   <source>有不能保存的字符（U+%1），请删去。</source>
   <translation>There is a character that cannot be kept (U+%1); delete it.</translation>
  </message>
  <message>
   <source>有人来办事，按 Ctrl+N 登记；想找什么，按 Ctrl+K。</source>
   <translation>When someone comes, press Ctrl+N; to find anything, press Ctrl+K.</translation>
  </message>
  <message>
   <source>有入网码就现在连接；没有也能登记、打印，以后在“设置”里入网。</source>
   <translation>With a code, connect now; without one you can register and print, and enrol in Settings later.</translation>
  </message>
  <message>
   <source>有别的电脑认不得的字 %1。</source>
   <translation>There is a character that no other computer knows: %1.</translation>
  </message>
  <message>
   <source>有办件已经装进别的信封或已结束。</source>
   <translation>A case is in another envelope already, or has ended.</translation>
  </message>
  <message>
   <source>有办件数据，打不开</source>
   <translation>Case data that does not open</translation>
  </message>
  <message>
   <source>有回信等着写到盘上：</source>
   <translation>Answers wait to be written onto the stick of: </translation>
  </message>
  <message>
   <source>有在办件，联系办事人</source>
   <translation>Has an open case, to be rung</translation>
  </message>
  <message>
   <source>有村里的信封已经送出了。</source>
   <translation>A village's envelope has left already.</translation>
  </message>
  <message>
   <source>有错 %1 行</source>
   <translation>%1 with errors</translation>
  </message>
  <message>
   <source>有：%1</source>
   <translation>There are: %1</translation>
  </message>
  <message>
   <source>服务承诺</source>
   <translation>Service promise</translation>
  </message>
  <message>
   <source>服务承诺（自代办点收件起）</source>
   <translation>Service promise (from hand-in at the point)</translation>
  </message>
  <message>
   <source>服务指南</source>
   <translation>Service guides</translation>
  </message>
  <message>
   <source>服务指南(&amp;G)</source>
   <translation>Guide(&amp;G)</translation>
  </message>
  <message>
   <source>服务指南和汇编</source>
   <translation>Service guides and booklets</translation>
  </message>
  <message>
   <source>期间</source>
   <translation>Span</translation>
  </message>
  <message>
   <source>期限 %1，经批准延长 %2。</source>
   <translation>The limit is %1, extended by %2 with approval.</translation>
  </message>
  <message>
   <source>未交</source>
   <translation>not handed in</translation>
  </message>
  <message>
   <source>未交　%1：%2</source>
   <translation>Not here: %1: %2</translation>
  </message>
  <message>
   <source>未入网</source>
   <translation>Not enrolled</translation>
  </message>
  <message>
   <source>未生效：%1</source>
   <translation>No effect: %1</translation>
  </message>
  <message>
   <source>未留</source>
   <translation>none</translation>
  </message>
  <message>
   <source>未送出的内容都在本机，没有丢失。</source>
   <translation>What was not sent is all on this machine; nothing is lost.</translation>
  </message>
  <message>
   <source>末日 %1是休息日%2，顺延到下一个工作日。</source>
   <translation>The last day %1 is a free day%2: moved to the next working day.</translation>
  </message>
  <message>
   <source>本%1调整</source>
   <translation>adjusted by this %1</translation>
  </message>
  <message>
   <source>本人</source>
   <translation>In person</translation>
  </message>
  <message>
   <source>本人没来：申请人还是本人，下面填代办人（Alt+W）</source>
   <translation>The applicant did not come: they stay the applicant, who came is written below (Alt+W)</translation>
  </message>
  <message>
   <source>本地调整(&amp;A)</source>
   <translation>Local adjustment (&amp;A)</translation>
  </message>
  <message>
   <source>本地调整：%1</source>
   <translation>Local adjustment: %1</translation>
  </message>
  <message>
   <source>本月</source>
   <translation>This month</translation>
  </message>
  <message>
   <source>本月办件结果公示</source>
   <translation>This month's results for the board</translation>
  </message>
  <message>
   <source>本机</source>
   <translation>This machine</translation>
  </message>
  <message>
   <source>本机不能自动寻找邻窗，请在这里填邻窗电脑的地址。</source>
   <translation>This PC cannot look for other windows by itself: type their addresses here.</translation>
  </message>
  <message>
   <source>本机地址：%1。邻窗找不到本机时，在那台电脑上填这个地址。</source>
   <translation>Address of this PC: %1. Where another window does not find it, type this there.</translation>
  </message>
  <message>
   <source>本机已经入网，或是练习模式。</source>
   <translation>This machine is enrolled already, or it is practice.</translation>
  </message>
  <message>
   <source>本机已经入网，或是练习模式，不用从邻窗取回。</source>
   <translation>This PC is enrolled already, or in practice mode: it fetches nothing from a neighbour.</translation>
  </message>
  <message>
   <source>本机时钟与中心相差约 %1 分钟，请校准；时限按中心时间计算。</source>
   <translation>This clock is about %1 minutes off the centre's; please set it. Deadlines follow the centre's.</translation>
  </message>
  <message>
   <source>本机是 %1，%2 个邻窗里有 %3 个在线。</source>
   <translation>This PC is %1. Of %2 other windows %3 are here.</translation>
  </message>
  <message>
   <source>本机是 %1，没有与邻窗互通。</source>
   <translation>This PC is %1. It does not meet other windows.</translation>
  </message>
  <message>
   <source>本机是嘎查村的终端，没有下属村。</source>
   <translation>This desk is a village's: it has no villages below it.</translation>
  </message>
  <message>
   <source>本机是新换的电脑、旗里的线路又断着时，从另一个窗口取回本点的全部记录。</source>
   <translation>This PC is a replacement and the line to the banner is down: fetch all records of this point from another window.</translation>
  </message>
  <message>
   <source>本机有这件办件，现在：%1。%2</source>
   <translation>This PC has the case; now: %1. %2</translation>
  </message>
  <message>
   <source>本机核对码</source>
   <translation>Code of this PC</translation>
  </message>
  <message>
   <source>本机没有与邻窗互通：请先在“大厅”里打开互通。</source>
   <translation>This PC does not meet other windows: switch it on in the Hall first.</translation>
  </message>
  <message>
   <source>本机没有入网，或在练习，不能与邻窗互通。</source>
   <translation>This PC is not enrolled, or in practice, and cannot meet other windows.</translation>
  </message>
  <message>
   <source>本机没有这件办件。</source>
   <translation>The case is not on this machine.</translation>
  </message>
  <message>
   <source>本机的备份已经做好。</source>
   <translation>The backup on this machine is made.</translation>
  </message>
  <message>
   <source>本机的程序太旧，中心已经不用这种格式，请升级代办台。</source>
   <translation>This program is too old for the centre; please bring it up to date.</translation>
  </message>
  <message>
   <source>本机的记录与中心的对不上（恢复过旧备份，或硬盘被复制过），已改用新的终端编号 %1。</source>
   <translation>This desk's records do not agree with the centre's (an old backup came back, or a disk was cloned); it goes on as desk %1.</translation>
  </message>
  <message>
   <source>本机的记录都在。</source>
   <translation>All entries of this desk are here.</translation>
  </message>
  <message>
   <source>本机的记录都在，没有丢失。</source>
   <translation>All records are on this desk; nothing was lost.</translation>
  </message>
  <message>
   <source>本机的记录都在，没有丢失；盘上原有的文件也没有动。</source>
   <translation>All records are on this machine, nothing is lost; what was on the stick was not touched.</translation>
  </message>
  <message>
   <source>本机的账号文件不见了。</source>
   <translation>The file of accounts on this machine is gone.</translation>
  </message>
  <message>
   <source>本机磁盘写不进去（%1）。</source>
   <translation>The disk of this computer cannot be written (%1).</translation>
  </message>
  <message>
   <source>本机第 %1 条之后的记录读不出来或封不上，送不出去。</source>
   <translation>Records of this PC after number %1 cannot be read or sealed, so they are not sent.</translation>
  </message>
  <message>
   <source>本机自 %1 起在等。%2</source>
   <translation>This desk has been waiting since %1. %2</translation>
  </message>
  <message>
   <source>本机自取的编号 %1 本点已有别的终端在用。</source>
   <translation>The number %1 that this PC gave itself is another desk's of this point.</translation>
  </message>
  <message>
   <source>本机自定的终端编号已有别的终端在用。</source>
   <translation>Another desk has the number that this one gave itself.</translation>
  </message>
  <message>
   <source>本机自己还没有入网，或还在等同意，不能让别的电脑取回记录。</source>
   <translation>This PC itself is not enrolled, or still waits for a yes: it cannot let another PC fetch records.</translation>
  </message>
  <message>
   <source>本机还没有入网。</source>
   <translation>This machine is not enrolled yet.</translation>
  </message>
  <message>
   <source>本机还没有入网，密钥不必更换。</source>
   <translation>This desk is not enrolled yet; its keys need no change.</translation>
  </message>
  <message>
   <source>本机还没有入网，封不了给中心的包。</source>
   <translation>This machine is not enrolled, so nothing can be sealed to a centre.</translation>
  </message>
  <message>
   <source>本机还没有入网，或是练习模式。</source>
   <translation>This computer is not enrolled, or is in practice mode.</translation>
  </message>
  <message>
   <source>本点以往的记录</source>
   <translation>The past of this point</translation>
  </message>
  <message>
   <source>本点以往的记录有群众的证件号码和电话，要等本点另一台终端在“同步”页点“同意”，或旗中心两人同意，才会自己过来；新收的件现在就能办。</source>
   <translation>The past of this point holds people's identity numbers and telephones. It comes by itself once another desk of the point presses "Agree" on its page Sync, or two people of the banner centre agree. New cases can be taken in now.</translation>
  </message>
  <message>
   <source>本点另一个窗口的电脑还好用：请那里的人在“同步”页打开“大厅”，点“换新电脑”，把屏幕上的地址和核对码填在这里，再把下面这个核对码输在那边。取回的是本点全部记录、文书和图片；本机还要等连上旗中心再入网。</source>
   <translation>Another window of this point still works: ask the person there to open the Hall on the Sync page and press New PC, fill in here the address and code on that screen, and have the code below typed there. All records, papers and pictures of this point are fetched; this PC is enrolled once the banner centre can be reached.</translation>
  </message>
  <message>
   <source>本点和下属村</source>
   <translation>This counter and the villages</translation>
  </message>
  <message>
   <source>本点的几个窗口，互相看得见。</source>
   <translation>The windows of this point, as they see each other.</translation>
  </message>
  <message>
   <source>本点的办件</source>
   <translation>Cases of this counter</translation>
  </message>
  <message>
   <source>本窗口</source>
   <translation>this window</translation>
  </message>
  <message>
   <source>本窗口的办件</source>
   <translation>Cases of this window</translation>
  </message>
  <message>
   <source>机关或事业单位</source>
   <translation>government body or public institution</translation>
  </message>
  <message>
   <source>机构名录里没有实施这个事项的机构。</source>
   <translation>The body that exercises this item is not in the register.</translation>
  </message>
  <message>
   <source>机构名录里没有这个嘎查村的代办点。</source>
   <translation>The point of this gacha or village is not in the register.</translation>
  </message>
  <message>
   <source>机构名录里没有这个苏木乡镇的人民政府。</source>
   <translation>The government of this sumu or town is not in the register.</translation>
  </message>
  <message>
   <source>机构名录里还没有，名称按区划</source>
   <translation>Not yet in the register of bodies; named after its division</translation>
  </message>
  <message>
   <source>权利和救济</source>
   <translation>Rights and remedies</translation>
  </message>
  <message>
   <source>材料</source>
   <translation>Materials</translation>
  </message>
  <message>
   <source>材料代码重复</source>
   <translation>Material codes repeat</translation>
  </message>
  <message>
   <source>材料图片</source>
   <translation>Pictures of the materials</translation>
  </message>
  <message>
   <source>材料已装进信封 %1</source>
   <translation>its papers lie in envelope %1 already</translation>
  </message>
  <message>
   <source>材料所属情形不存在</source>
   <translation>A material's situation does not exist</translation>
  </message>
  <message>
   <source>村里没有网络时：收下盘上的文件送到中心，把回信写回盘上</source>
   <translation>For a village without a network: takes the stick's files to the centre, writes the answers back onto it</translation>
  </message>
  <message>
   <source>村里的U盘</source>
   <translation>Villages' sticks</translation>
  </message>
  <message>
   <source>村里的U盘没有转送完：%1</source>
   <translation>Not all of the villages' sticks was carried: %1</translation>
  </message>
  <message>
   <source>村里的U盘：%1 份等网络通了再送（%2 收下）。</source>
   <translation>Villages' sticks: %1 files wait for a line (taken %2).</translation>
  </message>
  <message>
   <source>村里的U盘：转送 %1 份，回信 %2 份，等着写到盘上。</source>
   <translation>Villages' sticks: %1 files carried, %2 answers wait to be written onto them.</translation>
  </message>
  <message>
   <source>村里的代办员念申请码，这里转报中心。中心一人核实、另一人确认以后，才能在这里取答复码，一组一组念给代办员。谁转报、谁取的，中心都留痕。</source>
   <translation>The village's agent reads out the request code, and it is passed on to the centre from here. Only when one person at the centre has made sure and another has confirmed, the answer can be had here and read out group by group. The centre records who passed it on and who took it.</translation>
  </message>
  <message>
   <source>村里的信封</source>
   <translation>Villages' envelopes</translation>
  </message>
  <message>
   <source>村（社区）级</source>
   <translation>Gacha / village</translation>
  </message>
  <message>
   <source>条</source>
   <translation>records</translation>
  </message>
  <message>
   <source>条</source>
   <translation>records</translation>
  </message>
  <message>
   <source>条件“%1”不符，仍收件：%2</source>
   <translation>Condition “%1” not met, taken in all the same: %2</translation>
  </message>
  <message>
   <source>条件不符</source>
   <translation>Condition not met</translation>
  </message>
  <message>
   <source>条件不符，仍要收件的原因</source>
   <translation>why it is taken in although a condition is not met</translation>
  </message>
  <message>
   <source>条件不符，仍要收件的原因 *</source>
   <translation>Why it is taken in although a condition is not met *</translation>
  </message>
  <message>
   <source>来信的名目不能用作文件名，不予接收。</source>
   <translation>The letter's name cannot be a file's name; it is not taken.</translation>
  </message>
  <message>
   <source>查、筛、导出</source>
   <translation>Find, filter, export</translation>
  </message>
  <message>
   <source>查找范围：</source>
   <translation>Look in:</translation>
  </message>
  <message>
   <source>查看</source>
   <translation>Look</translation>
  </message>
  <message>
   <source>查看%1</source>
   <translation>Look at: %1</translation>
  </message>
  <message>
   <source>查看办件</source>
   <translation>Open the case</translation>
  </message>
  <message>
   <source>查看完整号码</source>
   <translation>Full number looked at</translation>
  </message>
  <message>
   <source>标准</source>
   <translation>Standard</translation>
  </message>
  <message>
   <source>标题(&amp;T)</source>
   <translation>Title (&amp;T)</translation>
  </message>
  <message>
   <source>标题最多 %1 字，正文最多 %2 字。</source>
   <translation>The title has %1 characters at most, the text %2.</translation>
  </message>
  <message>
   <source>核准本地调整</source>
   <translation>Local adjustment approved</translation>
  </message>
  <message>
   <source>核对不一致</source>
   <translation>Look into a contradiction</translation>
  </message>
  <message>
   <source>核对后退还</source>
   <translation>given back after checking</translation>
  </message>
  <message>
   <source>核对的结果记入日志，两边的记录都不改动。</source>
   <translation>What was found goes into the log; neither side's records are changed.</translation>
  </message>
  <message>
   <source>核对的记录不在这件办件里</source>
   <translation>the records that were settled are not of this case</translation>
  </message>
  <message>
   <source>核对码</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>核对移交</source>
   <translation>Hand-over settled</translation>
  </message>
  <message>
   <source>核对记录校验</source>
   <translation>Look into a signed head</translation>
  </message>
  <message>
   <source>核验(&amp;V)</source>
   <translation>Check (&amp;V)</translation>
  </message>
  <message>
   <source>格</source>
   <translation>cells</translation>
  </message>
  <message>
   <source>正在使用</source>
   <translation>in use</translation>
  </message>
  <message>
   <source>正在准备演示数据……</source>
   <translation>Preparing the demonstration…</translation>
  </message>
  <message>
   <source>正在准备演示数据：%1</source>
   <translation>Preparing the demonstration: %1</translation>
  </message>
  <message>
   <source>正在办</source>
   <translation> is working on it</translation>
  </message>
  <message>
   <source>正在取新版本，可以照常工作。断了线，下次接着取。</source>
   <translation>Fetching the new version; go on working. If the line breaks, it goes on next time.</translation>
  </message>
  <message>
   <source>正在同步……</source>
   <translation>Syncing…</translation>
  </message>
  <message>
   <source>正在同步，现在不能入网。</source>
   <translation>A sync is running; enrolment has to wait.</translation>
  </message>
  <message>
   <source>正在同步，请等它做完。</source>
   <translation>A sync is under way; please wait for it to end.</translation>
  </message>
  <message>
   <source>正在处理图片</source>
   <translation>Working on the picture</translation>
  </message>
  <message>
   <source>正在打印</source>
   <translation>Printing</translation>
  </message>
  <message>
   <source>正在打印 %1 份</source>
   <translation>Printing %1</translation>
  </message>
  <message>
   <source>正在编一个办了四个月件的代办点和它的旗中心，约需半分钟，只做这一次。</source>
   <translation>A point with four months of cases and its banner centre are being made up. This takes about half a minute, and only this once.</translation>
  </message>
  <message>
   <source>正在设置……</source>
   <translation>Setting up…</translation>
  </message>
  <message>
   <source>正在读……还在写的文件，等它写完。</source>
   <translation>Reading … a file that is still being written is waited for.</translation>
  </message>
  <message>
   <source>正在读取……</source>
   <translation>Loading…</translation>
  </message>
  <message>
   <source>正在读，读完就关上；再按一次就不等了。</source>
   <translation>Still reading; it closes after that. Press again not to wait.</translation>
  </message>
  <message>
   <source>正在问中心……</source>
   <translation>Asking the centre ...</translation>
  </message>
  <message>
   <source>正文(&amp;W)</source>
   <translation>Text (&amp;W)</translation>
  </message>
  <message>
   <source>此前这里写的是收件号改为 %1 的那一件。</source>
   <translation>What was written here before is about the case whose number is now %1.</translation>
  </message>
  <message>
   <source>每一份用那个地方自己的名称、地址、时间和电话。</source>
   <translation>Each one has the place's own name, address, hours and telephones.</translation>
  </message>
  <message>
   <source>每个列表一张表</source>
   <translation>A sheet for each list</translation>
  </message>
  <message>
   <source>每处一个 PDF 文件</source>
   <translation>A PDF file for each place</translation>
  </message>
  <message>
   <source>每次询问</source>
   <translation>Ask each time</translation>
  </message>
  <message>
   <source>每段不超过 %1 字。</source>
   <translation>At most %1 characters a part.</translation>
  </message>
  <message>
   <source>比汉文大小</source>
   <translation>Size to the Chinese</translation>
  </message>
  <message>
   <source>汉文</source>
   <translation>Chinese</translation>
  </message>
  <message>
   <source>汉文上方一行（蒙古文在前）</source>
   <translation>A line over the Chinese (Mongolian first)</translation>
  </message>
  <message>
   <source>汉文下方一行</source>
   <translation>A line under the Chinese</translation>
  </message>
  <message>
   <source>汉文和蒙古文</source>
   <translation>Chinese and Mongolian</translation>
  </message>
  <message>
   <source>江苏省</source>
   <translation>Jiangsu</translation>
  </message>
  <message>
   <source>江西省</source>
   <translation>Jiangxi</translation>
  </message>
  <message>
   <source>没带</source>
   <translation>Not here</translation>
  </message>
  <message>
   <source>没带%1</source>
   <translation>%1 is not here</translation>
  </message>
  <message>
   <source>没有%1。</source>
   <translation>No %1.</translation>
  </message>
  <message>
   <source>没有%1的原因</source>
   <translation>Why %1 is not here</translation>
  </message>
  <message>
   <source>没有U盘带来、还没送到的文件。</source>
   <translation>No file of a stick waits.</translation>
  </message>
  <message>
   <source>没有“%1”这一天。</source>
   <translation>There is no day “%1”.</translation>
  </message>
  <message>
   <source>没有一行可以导入。</source>
   <translation>There is no row to take in.</translation>
  </message>
  <message>
   <source>没有交换任何内容。</source>
   <translation>Nothing was exchanged.</translation>
  </message>
  <message>
   <source>没有人动时自动锁上窗口（Ctrl+L 马上锁）</source>
   <translation>Lock the window when nobody is there (Ctrl+L: at once)</translation>
  </message>
  <message>
   <source>没有人看过。</source>
   <translation>Nobody looked.</translation>
  </message>
  <message>
   <source>没有保存。</source>
   <translation>Nothing was saved.</translation>
  </message>
  <message>
   <source>没有停用。</source>
   <translation>Nothing was closed.</translation>
  </message>
  <message>
   <source>没有写</source>
   <translation>not said</translation>
  </message>
  <message>
   <source>没有写明是谁在问，不予接收。</source>
   <translation>It does not say who asks; not taken.</translation>
  </message>
  <message>
   <source>没有写更正了什么，更正未生效</source>
   <translation>It does not say what was corrected; not in force</translation>
  </message>
  <message>
   <source>没有列名</source>
   <translation>no headings</translation>
  </message>
  <message>
   <source>没有别的窗口转来的办件。</source>
   <translation>No other window passed on a case.</translation>
  </message>
  <message>
   <source>没有加入。</source>
   <translation>Not added.</translation>
  </message>
  <message>
   <source>没有加入，写的都在。</source>
   <translation>Not attached; everything you wrote is here.</translation>
  </message>
  <message>
   <source>没有印出</source>
   <translation>Not printed</translation>
  </message>
  <message>
   <source>没有印出来的纸都在本机，接好打印机再试，或换一台。</source>
   <translation>Papers that did not come out are kept here. Connect the printer and try again, or take another one.</translation>
  </message>
  <message>
   <source>没有印出来：%1</source>
   <translation>Not printed: %1</translation>
  </message>
  <message>
   <source>没有发现找不回的记录。</source>
   <translation>No entry was found that could not be saved.</translation>
  </message>
  <message>
   <source>没有发送任何内容。</source>
   <translation>Nothing was sent.</translation>
  </message>
  <message>
   <source>没有取的</source>
   <translation>Not taken</translation>
  </message>
  <message>
   <source>没有取的行 %1 行</source>
   <translation>%1 rows set aside</translation>
  </message>
  <message>
   <source>没有取的（%1）</source>
   <translation>Not taken (%1)</translation>
  </message>
  <message>
   <source>没有可撤销的了。“原样”可回到加入时的样子。</source>
   <translation>Nothing left to undo. “As was” goes back to how it was added.</translation>
  </message>
  <message>
   <source>没有合并。</source>
   <translation>Nothing was merged.</translation>
  </message>
  <message>
   <source>没有哪一列是%1。请在“列的含义”里指定。</source>
   <translation>No column is taken for %1. Say above which one it is.</translation>
  </message>
  <message>
   <source>没有哪台新电脑的核对码是这个。</source>
   <translation>No new PC has this code.</translation>
  </message>
  <message>
   <source>没有增加。</source>
   <translation>Nothing was added.</translation>
  </message>
  <message>
   <source>没有备份：只从坏了的文件里救</source>
   <translation>No backup: save what the damaged file still has</translation>
  </message>
  <message>
   <source>没有姓名和号码</source>
   <translation>no name and no number</translation>
  </message>
  <message>
   <source>没有封装。</source>
   <translation>Nothing was sealed.</translation>
  </message>
  <message>
   <source>没有建成：磁盘满了或不能写。</source>
   <translation>Not set up: the disk is full or cannot be written.</translation>
  </message>
  <message>
   <source>没有恢复成：磁盘满了或不能写。</source>
   <translation>Not restored: the disk is full or cannot be written.</translation>
  </message>
  <message>
   <source>没有打印。</source>
   <translation>Nothing was printed.</translation>
  </message>
  <message>
   <source>没有找到。可以少写一个部件，或换成部首加笔画。</source>
   <translation>Nothing found. Leave out a part, or use radical and strokes.</translation>
  </message>
  <message>
   <source>没有找到。换个词试试，或者看左边的各页。</source>
   <translation>Nothing found. Try another word, or look through the pages at the left.</translation>
  </message>
  <message>
   <source>没有找到。换个说法，或写姓名、证件号码。</source>
   <translation>Nothing found. Say it otherwise, or write a name or a number.</translation>
  </message>
  <message>
   <source>没有找到。登记办件时会自动记下办事人。</source>
   <translation>Nobody found. People are noted when a case is registered.</translation>
  </message>
  <message>
   <source>没有找到。请换个写法，或只打前几个字。</source>
   <translation>Nothing found. Try another spelling, or only the first characters.</translation>
  </message>
  <message>
   <source>没有找到备份。</source>
   <translation>No backup was found.</translation>
  </message>
  <message>
   <source>没有找到打印机。可以先用，以后在“设置”里选。</source>
   <translation>No printer found. You can begin and choose one in Settings later.</translation>
  </message>
  <message>
   <source>没有找到打印机，另存成文件</source>
   <translation>No printer was found: save as a file</translation>
  </message>
  <message>
   <source>没有找到的说法</source>
   <translation>Words that found nothing</translation>
  </message>
  <message>
   <source>没有找到编号为 %1 的办件。</source>
   <translation>There is no case with the number %1.</translation>
  </message>
  <message>
   <source>没有找到这个U盘或文件夹。</source>
   <translation>This stick or folder was not found.</translation>
  </message>
  <message>
   <source>没有找到这件办件。</source>
   <translation>There is no such case.</translation>
  </message>
  <message>
   <source>没有找到这份草稿。</source>
   <translation>This draft was not found.</translation>
  </message>
  <message>
   <source>没有找到这次接手。</source>
   <translation>This takeover was not found.</translation>
  </message>
  <message>
   <source>没有报送。</source>
   <translation>Nothing was handed in.</translation>
  </message>
  <message>
   <source>没有接手。</source>
   <translation>Nothing was taken over.</translation>
  </message>
  <message>
   <source>没有收。</source>
   <translation>Not taken.</translation>
  </message>
  <message>
   <source>没有收下：%1</source>
   <translation>Not taken: %1</translation>
  </message>
  <message>
   <source>没有收：</source>
   <translation>Not taken: </translation>
  </message>
  <message>
   <source>没有改动。</source>
   <translation>Nothing was changed.</translation>
  </message>
  <message>
   <source>没有改动，入网码已经用掉。</source>
   <translation>Nothing changed, the code is used up.</translation>
  </message>
  <message>
   <source>没有改动，入网码没有用掉。</source>
   <translation>Nothing changed, the code is not used up.</translation>
  </message>
  <message>
   <source>没有期限</source>
   <translation>no limit</translation>
  </message>
  <message>
   <source>没有注明时间</source>
   <translation>time not noted</translation>
  </message>
  <message>
   <source>没有注明条数</source>
   <translation>number of entries not noted</translation>
  </message>
  <message>
   <source>没有生效</source>
   <translation>Without effect</translation>
  </message>
  <message>
   <source>没有生效的记录</source>
   <translation>Records without effect</translation>
  </message>
  <message>
   <source>没有电话就无法通知取件，请尽量填写（可填家人或邻居的）。</source>
   <translation>Without a telephone nobody can be told to fetch the result; enter one if you can (family or a neighbour).</translation>
  </message>
  <message>
   <source>没有登记的草稿</source>
   <translation>Drafts that were not registered</translation>
  </message>
  <message>
   <source>没有登记，名册都在。</source>
   <translation>Nothing was registered; the roll is still here.</translation>
  </message>
  <message>
   <source>没有的原因</source>
   <translation>Why it is not here</translation>
  </message>
  <message>
   <source>没有符合条件的。</source>
   <translation>Nothing fits.</translation>
  </message>
  <message>
   <source>没有符合条件的办件。</source>
   <translation>No case answers this.</translation>
  </message>
  <message>
   <source>没有等着交给申请人的结果。</source>
   <translation>No result waits for its applicant.</translation>
  </message>
  <message>
   <source>没有终端</source>
   <translation>No desk</translation>
  </message>
  <message>
   <source>没有给出任何记录。</source>
   <translation>No record was given.</translation>
  </message>
  <message>
   <source>没有网络时：把要送的写到U盘，收下中心写回的</source>
   <translation>Without a network: put what waits on a stick, take in what the centre put there</translation>
  </message>
  <message>
   <source>没有网络时：插上中心给的U盘，填好入网码</source>
   <translation>Without a network: plug in the centre's stick and fill in the code</translation>
  </message>
  <message>
   <source>没有要印的，都印出来了。</source>
   <translation>Nothing waits, everything was printed.</translation>
  </message>
  <message>
   <source>没有要取的工作表。请在上面另选一张。</source>
   <translation>There is no sheet to take. Choose another one above.</translation>
  </message>
  <message>
   <source>没有要送的材料。收下原件或复印件的办件会列在这里。</source>
   <translation>No papers to send. Cases with originals or copies at the point are listed here.</translation>
  </message>
  <message>
   <source>没有规定时限的，请问%1。</source>
   <translation>Where no limit is set, ask %1.</translation>
  </message>
  <message>
   <source>没有记录。</source>
   <translation>Nothing was recorded.</translation>
  </message>
  <message>
   <source>没有设定依据</source>
   <translation>No legal basis</translation>
  </message>
  <message>
   <source>没有转来的草稿。</source>
   <translation>No draft was passed on.</translation>
  </message>
  <message>
   <source>没有还没记过的信封。先装信封、移交。</source>
   <translation>No envelope that is not noted. Seal and hand over one first.</translation>
  </message>
  <message>
   <source>没有这一项。</source>
   <translation>There is no such thing here.</translation>
  </message>
  <message>
   <source>没有这个账号。</source>
   <translation>There is no such account.</translation>
  </message>
  <message>
   <source>没有这本名册的记录。</source>
   <translation>There is no record of this roll.</translation>
  </message>
  <message>
   <source>没有这次导入的记录。</source>
   <translation>There is no record of this import.</translation>
  </message>
  <message>
   <source>没有连上中心，收下的文件都在本机，下次同步时送出。</source>
   <translation>The centre was not reached. What was taken is on this computer and goes with the next sync.</translation>
  </message>
  <message>
   <source>没有问中心。</source>
   <translation>The centre was not asked.</translation>
  </message>
  <message>
   <source>没有附件。可以加照片、PDF、OFD，最多 5 个，每个不超过 8 MB。</source>
   <translation>No attachments. Photos, PDF and OFD can be attached, 5 at most, each up to 8 MB.</translation>
  </message>
  <message>
   <source>没有预约。</source>
   <translation>Nothing was booked.</translation>
  </message>
  <message>
   <source>没有，全部已到中心</source>
   <translation>None; all is at the centre</translation>
  </message>
  <message>
   <source>没连上</source>
   <translation>Not reached</translation>
  </message>
  <message>
   <source>没送出</source>
   <translation>Not sent</translation>
  </message>
  <message>
   <source>没送完的图片下次从断的地方接着送。</source>
   <translation>A picture that was not sent whole goes on next time where it stopped.</translation>
  </message>
  <message>
   <source>河北省</source>
   <translation>Hebei</translation>
  </message>
  <message>
   <source>河南省</source>
   <translation>Henan</translation>
  </message>
  <message>
   <source>法定代表人</source>
   <translation>Legal representative</translation>
  </message>
  <message>
   <source>法定代表人（负责人）</source>
   <translation>Legal representative</translation>
  </message>
  <message>
   <source>法定时限</source>
   <translation>Statutory limit</translation>
  </message>
  <message>
   <source>法定机关</source>
   <translation>Statutory organ</translation>
  </message>
  <message>
   <source>法定：作出决定</source>
   <translation>Statutory: decide</translation>
  </message>
  <message>
   <source>法定：受理或一次告知补正</source>
   <translation>Statutory: accept, or ask for supplements once</translation>
  </message>
  <message>
   <source>法律没有规定期限%1。</source>
   <translation>The law sets no limit%1.</translation>
  </message>
  <message>
   <source>浅色</source>
   <translation>Light</translation>
  </message>
  <message>
   <source>测试页</source>
   <translation>Test page</translation>
  </message>
  <message>
   <source>浙江省</source>
   <translation>Zhejiang</translation>
  </message>
  <message>
   <source>海南省</source>
   <translation>Hainan</translation>
  </message>
  <message>
   <source>深色</source>
   <translation>Dark</translation>
  </message>
  <message>
   <source>清单</source>
   <translation>List</translation>
  </message>
  <message>
   <source>清单 %1 件</source>
   <translation>%1 on the list</translation>
  </message>
  <message>
   <source>清单 %1 件，实收 %2 件</source>
   <translation>%1 on the list, %2 received</translation>
  </message>
  <message>
   <source>清单还没有到，请照信封里的纸质清单核对</source>
   <translation>The list has not come yet: compare with the paper list in the envelope</translation>
  </message>
  <message>
   <source>清明节</source>
   <translation>Qingming</translation>
  </message>
  <message>
   <source>清空(&amp;L)</source>
   <translation>Clear(&amp;L)</translation>
  </message>
  <message>
   <source>港澳居民居住证</source>
   <translation>Residence permit for Hong Kong and Macao residents</translation>
  </message>
  <message>
   <source>港澳居民来往内地通行证</source>
   <translation>Mainland travel permit for Hong Kong and Macao residents</translation>
  </message>
  <message>
   <source>港澳居民来往内地通行证号码一般是 H 或 M 加 8 位数字，请核对。</source>
   <translation>Such a permit usually has H or M and 8 digits: please check.</translation>
  </message>
  <message>
   <source>湖北省</source>
   <translation>Hubei</translation>
  </message>
  <message>
   <source>湖南省</source>
   <translation>Hunan</translation>
  </message>
  <message>
   <source>满意</source>
   <translation>Satisfied</translation>
  </message>
  <message>
   <source>演示</source>
   <translation>Demonstration</translation>
  </message>
  <message>
   <source>演示数据</source>
   <translation>Demonstration data</translation>
  </message>
  <message>
   <source>演示点没有建成。</source>
   <translation>The demonstration could not be made.</translation>
  </message>
  <message>
   <source>演示，人和办件都是编的。密码 %1</source>
   <translation>Demonstration: people and cases are made up. Password %1</translation>
  </message>
  <message>
   <source>演示：自带一个小办公室和本机中心</source>
   <translation>demonstration with a small office and a local centre</translation>
  </message>
  <message>
   <source>澳门特别行政区</source>
   <translation>Macao</translation>
  </message>
  <message>
   <source>照本地审定的蒙古文稿录入；空着的仍印汉文。程序不作翻译。右边就是印出来的样子。</source>
   <translation>Type the Mongolian that was reviewed here; what is empty prints in Chinese. The program translates nothing. The right side is as it will print.</translation>
  </message>
  <message>
   <source>照此重办(&amp;Y)</source>
   <translation>Do again like this (&amp;Y)</translation>
  </message>
  <message>
   <source>照片、PDF、OFD (*.jpg *.jpeg *.png *.pdf *.ofd)</source>
   <translation>Photos, PDF, OFD (*.jpg *.jpeg *.png *.pdf *.ofd)</translation>
  </message>
  <message>
   <source>照片里没有找到码。</source>
   <translation>No code was found in the photograph.</translation>
  </message>
  <message>
   <source>照牌子上的蒙古文名称录入，可不填</source>
   <translation>As on the sign at the door; may stay empty</translation>
  </message>
  <message>
   <source>照签回的移交清单填写；不符的勾出来。</source>
   <translation>As on the signed list; tick what did not agree.</translation>
  </message>
  <message>
   <source>父母</source>
   <translation>Parent</translation>
  </message>
  <message>
   <source>特别程序</source>
   <translation>Special procedure</translation>
  </message>
  <message>
   <source>特别程序期间暂停计时，结束后接着算。</source>
   <translation>Paused during the special procedure; counting goes on after it.</translation>
  </message>
  <message>
   <source>特别程序结束</source>
   <translation>Special procedure ended</translation>
  </message>
  <message>
   <source>特别程序（暂停计时）</source>
   <translation>Special procedure (clock stopped)</translation>
  </message>
  <message>
   <source>特大</source>
   <translation>Very large</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>State</translation>
  </message>
  <message>
   <source>环节</source>
   <translation>Step</translation>
  </message>
  <message>
   <source>环节：%1</source>
   <translation>Step: %1</translation>
  </message>
  <message>
   <source>现在入网(&amp;E)</source>
   <translation>Enrol now(&amp;E)</translation>
  </message>
  <message>
   <source>现在是“%1”。</source>
   <translation>It is “%1” now.</translation>
  </message>
  <message>
   <source>现在的程序和数据都没有动。</source>
   <translation>The program and the data are as they were.</translation>
  </message>
  <message>
   <source>现在的程序和数据都没有动；已经取到的留着，下次接着取。</source>
   <translation>The program and the data are as they were; what came is kept, the next try goes on from there.</translation>
  </message>
  <message>
   <source>现在算数的</source>
   <translation>Counts now</translation>
  </message>
  <message>
   <source>现在要做的</source>
   <translation>To do now</translation>
  </message>
  <message>
   <source>现在要做的事</source>
   <translation>What to do now</translation>
  </message>
  <message>
   <source>现有（不勾就保留）</source>
   <translation>In the book (kept if not ticked)</translation>
  </message>
  <message>
   <source>甘肃省</source>
   <translation>Gansu</translation>
  </message>
  <message>
   <source>生僻字</source>
   <translation>Rare characters</translation>
  </message>
  <message>
   <source>用 %1</source>
   <translation>With %1</translation>
  </message>
  <message>
   <source>用U盘交换</source>
   <translation>Exchange by stick</translation>
  </message>
  <message>
   <source>用U盘交换(&amp;U)</source>
   <translation>Exchange by stick (&amp;U)</translation>
  </message>
  <message>
   <source>用U盘入网</source>
   <translation>Enrol by stick</translation>
  </message>
  <message>
   <source>用哪一份(&amp;W)</source>
   <translation>Which one(&amp;W)</translation>
  </message>
  <message>
   <source>用备份恢复</source>
   <translation>Restore a backup</translation>
  </message>
  <message>
   <source>用备份恢复(&amp;R)</source>
   <translation>Restore a backup(&amp;R)</translation>
  </message>
  <message>
   <source>用备份恢复本机；先关上代办台</source>
   <translation>Restore this desk from a backup; close it first</translation>
  </message>
  <message>
   <source>用扫码枪扫，或把码的内容粘贴在这里</source>
   <translation>Scan, or paste the code here</translation>
  </message>
  <message>
   <source>用时（天）</source>
   <translation>Time taken (days)</translation>
  </message>
  <message>
   <source>用更新文件或U盘更新程序；装之前先备份</source>
   <translation>Update the program from a file or USB stick; a backup is made first</translation>
  </message>
  <message>
   <source>用蒙古文输入法录入；清空就不再印</source>
   <translation>Typed with a Mongolian input method; empty it and it is printed no more</translation>
  </message>
  <message>
   <source>用词</source>
   <translation>Labels</translation>
  </message>
  <message>
   <source>用词表没有改动。</source>
   <translation>The table of words was not changed.</translation>
  </message>
  <message>
   <source>用身份证上的字图(&amp;Z)</source>
   <translation>Use the card's picture (&amp;Z)</translation>
  </message>
  <message>
   <source>用这台打印</source>
   <translation>Print on this one</translation>
  </message>
  <message>
   <source>由 %1 号窗口收件</source>
   <translation>taken in at window %1</translation>
  </message>
  <message>
   <source>由一个机构实施的要写机构代码，由各苏木乡镇或各代办点实施的不写</source>
   <translation>Give the body's code where one body exercises it, none where every town or every point does</translation>
  </message>
  <message>
   <source>由他人代领，请写明原因。</source>
   <translation>When someone else takes it, say why.</translation>
  </message>
  <message>
   <source>由别人代办</source>
   <translation>Somebody else came</translation>
  </message>
  <message>
   <source>由别人代办(&amp;W)</source>
   <translation>Somebody came for them (&amp;W)</translation>
  </message>
  <message>
   <source>由旗中心告知；密钥在入网时已定，换地址不换中心。</source>
   <translation>Told by the banner centre; its key was fixed at enrolment, so another address is not another centre.</translation>
  </message>
  <message>
   <source>申报本地调整</source>
   <translation>Local adjustment handed in</translation>
  </message>
  <message>
   <source>申请人</source>
   <translation>Applicant</translation>
  </message>
  <message>
   <source>申请人已撤回</source>
   <translation>withdrawn by the applicant</translation>
  </message>
  <message>
   <source>申请人撤回</source>
   <translation>Withdrawn by the applicant</translation>
  </message>
  <message>
   <source>申请已写到 %1，请把盘送到旗中心。</source>
   <translation>The request was written to %1; please take the stick to the banner centre.</translation>
  </message>
  <message>
   <source>申请材料</source>
   <translation>Materials</translation>
  </message>
  <message>
   <source>申请码</source>
   <translation>Request code</translation>
  </message>
  <message>
   <source>申请码，3 组，每组 5 位数字 *(&amp;M)</source>
   <translation>Request code, 3 groups of 5 digits *(&amp;M)</translation>
  </message>
  <message>
   <source>电脑端网上办理</source>
   <translation>On line by computer</translation>
  </message>
  <message>
   <source>电脑里正在用的</source>
   <translation>what a computer worked with</translation>
  </message>
  <message>
   <source>电话</source>
   <translation>Telephone</translation>
  </message>
  <message>
   <source>电话 %1</source>
   <translation>Telephone %1</translation>
  </message>
  <message>
   <source>电话(&amp;%1)</source>
   <translation>Telephone(&amp;%1)</translation>
  </message>
  <message>
   <source>电话(&amp;T)</source>
   <translation>Telephone(&amp;T)</translation>
  </message>
  <message>
   <source>电话“%1”读不出来。</source>
   <translation>The telephone “%1” cannot be read.</translation>
  </message>
  <message>
   <source>电话已写成 %1。</source>
   <translation>Telephone written as %1.</translation>
  </message>
  <message>
   <source>电话应为 7 到 20 位数字，可带区号和“-”。</source>
   <translation>A telephone has 7 to 20 digits, with area code and “-” if wanted.</translation>
  </message>
  <message>
   <source>电话没有填，以后在“设置”里填。</source>
   <translation>No telephone yet; enter it in Settings later.</translation>
  </message>
  <message>
   <source>电话被表格程序改成了科学记数，读不出来。</source>
   <translation>The spreadsheet changed the telephone to scientific notation; it cannot be read.</translation>
  </message>
  <message>
   <source>电话里不能有%1，应为 7 到 20 位数字，可带区号和“-”。</source>
   <translation>A telephone cannot hold %1; it is 7 to 20 digits, with area code and “-” if need be.</translation>
  </message>
  <message>
   <source>男</source>
   <translation>male</translation>
  </message>
  <message>
   <source>留置</source>
   <translation>Left there</translation>
  </message>
  <message>
   <source>登录</source>
   <translation>Log in</translation>
  </message>
  <message>
   <source>登录的事</source>
   <translation>About logging in</translation>
  </message>
  <message>
   <source>登记</source>
   <translation>Register</translation>
  </message>
  <message>
   <source>登记前要问清楚几件事。</source>
   <translation>A few things must be asked before this is registered.</translation>
  </message>
  <message>
   <source>登记前请确认</source>
   <translation>Before it is registered</translation>
  </message>
  <message>
   <source>登记办事人</source>
   <translation>Person recorded</translation>
  </message>
  <message>
   <source>登记后更正过，以更正后重出的回执为准。</source>
   <translation>It was corrected after registration; the receipt drawn again counts.</translation>
  </message>
  <message>
   <source>登记后留下办事人，同一户、同一张证接着办下一件（Alt+J）</source>
   <translation>Keep the person after registering, for the next case of the household or card (Alt+J)</translation>
  </message>
  <message>
   <source>登记后直接打印回执</source>
   <translation>Print the receipt at once</translation>
  </message>
  <message>
   <source>登记后直接打印回执，不先预览(&amp;O)</source>
   <translation>Print the receipt at once, without a preview(&amp;O)</translation>
  </message>
  <message>
   <source>登记并打印</source>
   <translation>Register and print</translation>
  </message>
  <message>
   <source>登记并打印回执</source>
   <translation>Register and print the receipt</translation>
  </message>
  <message>
   <source>登记新办件</source>
   <translation>Register a case</translation>
  </message>
  <message>
   <source>登记用文书(&amp;D)</source>
   <translation>Forms(&amp;D)</translation>
  </message>
  <message>
   <source>登记的内容都在本机，没有丢失。</source>
   <translation>What was registered is all on this machine; nothing is lost.</translation>
  </message>
  <message>
   <source>登记的办件会列在这里。</source>
   <translation>Registered cases are listed here.</translation>
  </message>
  <message>
   <source>登记第一件</source>
   <translation>Register the first</translation>
  </message>
  <message>
   <source>登记这个事项</source>
   <translation>Register this item</translation>
  </message>
  <message>
   <source>的图片</source>
   <translation> pictures</translation>
  </message>
  <message>
   <source>的第 %1 行没有尽头</source>
   <translation>: line %1 has no end</translation>
  </message>
  <message>
   <source>监督电话</source>
   <translation>Complaints telephone</translation>
  </message>
  <message>
   <source>监督电话(&amp;J)</source>
   <translation>Complaints telephone (&amp;J)</translation>
  </message>
  <message>
   <source>盘上没有中心对这次申请的答复。</source>
   <translation>The stick holds no answer of the centre to this request.</translation>
  </message>
  <message>
   <source>盘上没有中心的名片，或名片坏了。</source>
   <translation>There is no card of the centre on the stick, or it is damaged.</translation>
  </message>
  <message>
   <source>盘上没有要转送的文件，也没有要写的回信。</source>
   <translation>Nothing on the stick to be carried, and no answers for it.</translation>
  </message>
  <message>
   <source>盘上的内容封着，本机看不到，只代送代收。</source>
   <translation>What is on the stick is sealed: this computer carries it and cannot see it.</translation>
  </message>
  <message>
   <source>盘上的名片不是发入网码的那个中心的。</source>
   <translation>The card on the stick is not of the centre that gave the code.</translation>
  </message>
  <message>
   <source>盘上的数据包</source>
   <translation>A package on a stick</translation>
  </message>
  <message>
   <source>盘上的文件 %1，校验码 %2。</source>
   <translation>File on the stick: %1, check code %2.</translation>
  </message>
  <message>
   <source>盘上的文件没有动。</source>
   <translation>The files on the stick were not touched.</translation>
  </message>
  <message>
   <source>盘上的答复不是给这次申请的，或坏了。</source>
   <translation>The answer on the stick is for another request, or is damaged.</translation>
  </message>
  <message>
   <source>盘上还有给别的代办点的 %1 份回信，请转交。</source>
   <translation>There are %1 answers for other points on it; please pass them on.</translation>
  </message>
  <message>
   <source>盘可能满了、写保护了、坏了或被拔掉了：换一个盘，或腾出地方再做一次。</source>
   <translation>It may be full, protected, broken or pulled out: take another one or make room and do it again.</translation>
  </message>
  <message>
   <source>目录或节假日文件</source>
   <translation>A file of items or holidays</translation>
  </message>
  <message>
   <source>目录里没有这个事项。</source>
   <translation>The catalogue has no such item.</translation>
  </message>
  <message>
   <source>直接送达</source>
   <translation>Handed over directly</translation>
  </message>
  <message>
   <source>省级</source>
   <translation>Region</translation>
  </message>
  <message>
   <source>看下属村(&amp;L)</source>
   <translation>Villages(&amp;L)</translation>
  </message>
  <message>
   <source>看不见的字符 %1</source>
   <translation>invisible character %1</translation>
  </message>
  <message>
   <source>看代办人电话(&amp;K)</source>
   <translation>Show proxy's telephone(&amp;K)</translation>
  </message>
  <message>
   <source>看办件(&amp;L)</source>
   <translation>Show cases (&amp;L)</translation>
  </message>
  <message>
   <source>看图片（%1 张）(&amp;I)</source>
   <translation>Look at the pictures (%1)(&amp;I)</translation>
  </message>
  <message>
   <source>看它的办件(&amp;L)</source>
   <translation>Its cases(&amp;L)</translation>
  </message>
  <message>
   <source>看完整%1</source>
   <translation>Show the full %1</translation>
  </message>
  <message>
   <source>看完整%1要写明原因。</source>
   <translation>To see the full %1, say why.</translation>
  </message>
  <message>
   <source>看完整号码</source>
   <translation>Show the full number</translation>
  </message>
  <message>
   <source>看测试页(&amp;T)</source>
   <translation>See the test page(&amp;T)</translation>
  </message>
  <message>
   <source>看电话(&amp;H)</source>
   <translation>Show telephone(&amp;H)</translation>
  </message>
  <message>
   <source>看电话(&amp;Y)</source>
   <translation>Show telephone(&amp;Y)</translation>
  </message>
  <message>
   <source>看签字件（%1 张）</source>
   <translation>Signed copy (%1)</translation>
  </message>
  <message>
   <source>看证件号码(&amp;V)</source>
   <translation>Show ID number(&amp;V)</translation>
  </message>
  <message>
   <source>看证件号码(&amp;Z)</source>
   <translation>Show ID number(&amp;Z)</translation>
  </message>
  <message>
   <source>知道了</source>
   <translation>I see</translation>
  </message>
  <message>
   <source>知道了(&amp;C)</source>
   <translation>Close (&amp;C)</translation>
  </message>
  <message>
   <source>码已核对，是村里的终端签的</source>
   <translation>Code checked: signed by the village's desk</translation>
  </message>
  <message>
   <source>确定</source>
   <translation>OK</translation>
  </message>
  <message>
   <source>磁盘只剩 %1 MB，装新版本要 %2 MB。</source>
   <translation>The disk has %1 MB left; the new version takes %2 MB.</translation>
  </message>
  <message>
   <source>磁盘满了或不能写。</source>
   <translation>The disk is full or cannot be written.</translation>
  </message>
  <message>
   <source>磁盘空间不够，还差约 %1 MB。</source>
   <translation>Not enough room on the disk: about %1 MB more are needed.</translation>
  </message>
  <message>
   <source>示例</source>
   <translation>Sample</translation>
  </message>
  <message>
   <source>示例内容没有注明</source>
   <translation>Sample content is not marked</translation>
  </message>
  <message>
   <source>示例目录</source>
   <translation>Sample catalogue</translation>
  </message>
  <message>
   <source>社会组织</source>
   <translation>social organisation</translation>
  </message>
  <message>
   <source>社会组织法人</source>
   <translation>Social organisation</translation>
  </message>
  <message>
   <source>社情民意</source>
   <translation>What people say</translation>
  </message>
  <message>
   <source>福建省</source>
   <translation>Fujian</translation>
  </message>
  <message>
   <source>离开一会儿，或换代办员</source>
   <translation>Away for a while, or another agent's turn</translation>
  </message>
  <message>
   <source>离线</source>
   <translation>Off line</translation>
  </message>
  <message>
   <source>移交</source>
   <translation>Handed to the carrier</translation>
  </message>
  <message>
   <source>移交给带件人</source>
   <translation>Hand to the carrier</translation>
  </message>
  <message>
   <source>移动端网上申请</source>
   <translation>On line by telephone</translation>
  </message>
  <message>
   <source>移除(&amp;D)</source>
   <translation>Remove(&amp;D)</translation>
  </message>
  <message>
   <source>程序</source>
   <translation>Program</translation>
  </message>
  <message>
   <source>程序出了一个意外的问题，这一步没有完成。</source>
   <translation>Something unexpected happened in the program; this step was not completed.</translation>
  </message>
  <message>
   <source>空</source>
   <translation>empty</translation>
  </message>
  <message>
   <source>空格</source>
   <translation>blank</translation>
  </message>
  <message>
   <source>空着的照旗里公布的。报给旗里核准后才生效，纸面和网页上标明“本苏木调整”。</source>
   <translation>What is empty stays as the banner published it. It counts once the banner has approved it; papers and pages mark it 本苏木调整.</translation>
  </message>
  <message>
   <source>窄的不断行空（U+202F），写在后缀前</source>
   <translation>Narrow no-break space (U+202F), before a suffix</translation>
  </message>
  <message>
   <source>窗口</source>
   <translation>Window</translation>
  </message>
  <message>
   <source>窗口办理</source>
   <translation>At the counter</translation>
  </message>
  <message>
   <source>立即同步(&amp;S)</source>
   <translation>Sync now(&amp;S)</translation>
  </message>
  <message>
   <source>立即备份</source>
   <translation>Back up now</translation>
  </message>
  <message>
   <source>立即备份(&amp;D)</source>
   <translation>Back up now(&amp;D)</translation>
  </message>
  <message>
   <source>竖排预览</source>
   <translation>Vertical preview</translation>
  </message>
  <message>
   <source>端午节</source>
   <translation>Dragon Boat Festival</translation>
  </message>
  <message>
   <source>端口 %1 已被别的程序占用：邻窗找不到本机，本机仍能去找邻窗。请重启电脑，或与管理员联系。</source>
   <translation>Port %1 is used by another program: other windows do not find this PC, it can still go to them. Restart the PC or ask whoever looks after it.</translation>
  </message>
  <message>
   <source>第 %1 条记录与前一条不衔接。</source>
   <translation>Record %1 does not follow from the one before.</translation>
  </message>
  <message>
   <source>第 %1 条记录的名目里有不可见的字符。</source>
   <translation>Entry %1 names its subject with characters that cannot be seen.</translation>
  </message>
  <message>
   <source>第 %1 条记录的序号不合规。</source>
   <translation>The number of record %1 is not allowed.</translation>
  </message>
  <message>
   <source>第 %1 行</source>
   <translation>Row %1</translation>
  </message>
  <message>
   <source>第 %1 行有读不出来的字节，没有取。</source>
   <translation>Line %1 has bytes that cannot be read; nothing was taken.</translation>
  </message>
  <message>
   <source>第 %1 行（%2）：%3</source>
   <translation>Row %1 (%2): %3</translation>
  </message>
  <message>
   <source>第 %1 行：%2</source>
   <translation>Line %1: %2</translation>
  </message>
  <message>
   <source>第一次使用</source>
   <translation>First start</translation>
  </message>
  <message>
   <source>第一次打开演示</source>
   <translation>Opening the demonstration for the first time</translation>
  </message>
  <message>
   <source>第一行应有：汉文、蒙古文、审定人、审定日期。</source>
   <translation>The first line should have: 汉文, 蒙古文, 审定人, 审定日期.</translation>
  </message>
  <message>
   <source>第二份备份没有做成：没有“%1”这个文件夹。</source>
   <translation>The second backup was not made: there is no folder “%1”.</translation>
  </message>
  <message>
   <source>第二份放在哪个文件夹（U盘、另一块盘）</source>
   <translation>Folder for a second copy (a stick, another disk)</translation>
  </message>
  <message>
   <source>等</source>
   <translation> and more</translation>
  </message>
  <message>
   <source>等中心处理</source>
   <translation>Waits for the centre</translation>
  </message>
  <message>
   <source>等写回盘上</source>
   <translation>For the stick</translation>
  </message>
  <message>
   <source>等同步送出</source>
   <translation>Waits for the next sync</translation>
  </message>
  <message>
   <source>等待送出</source>
   <translation>Waiting</translation>
  </message>
  <message>
   <source>等待送出的图片</source>
   <translation>Pictures waiting</translation>
  </message>
  <message>
   <source>等待送出的记录</source>
   <translation>Waiting to be sent</translation>
  </message>
  <message>
   <source>等补正</source>
   <translation>Waiting for papers</translation>
  </message>
  <message>
   <source>等补正和特别程序的日子已扣除，现为 %1</source>
   <translation>waiting for papers and special procedures left out, now %1</translation>
  </message>
  <message>
   <source>等补正材料</source>
   <translation>waiting for missing papers</translation>
  </message>
  <message>
   <source>等送中心</source>
   <translation>For the centre</translation>
  </message>
  <message>
   <source>等送中心 %1 条</source>
   <translation>%1 wait for the centre</translation>
  </message>
  <message>
   <source>答复文件无法识读。</source>
   <translation>The answer file cannot be read.</translation>
  </message>
  <message>
   <source>答复码</source>
   <translation>Answer code</translation>
  </message>
  <message>
   <source>答复码输错 %1 次，请过 %2 分钟再试。</source>
   <translation>%1 wrong answer codes were typed; try again in %2 minutes.</translation>
  </message>
  <message>
   <source>答复码，8 组，每组 5 位数字(&amp;C)</source>
   <translation>Answer code, 8 groups of 5 digits(&amp;C)</translation>
  </message>
  <message>
   <source>签字件已存在这份文书旁边。</source>
   <translation>The signed copy is kept beside this document.</translation>
  </message>
  <message>
   <source>签字件：%1</source>
   <translation>Signed copy: %1</translation>
  </message>
  <message>
   <source>签字册</source>
   <translation>Sign-off</translation>
  </message>
  <message>
   <source>签字册(&amp;S)</source>
   <translation>Sign-off sheet(&amp;S)</translation>
  </message>
  <message>
   <source>签收</source>
   <translation>Sign for it</translation>
  </message>
  <message>
   <source>类别(&amp;K)</source>
   <translation>Kind (&amp;K)</translation>
  </message>
  <message>
   <source>粘贴(&amp;V)</source>
   <translation>Paste(&amp;V)</translation>
  </message>
  <message>
   <source>粘贴的内容</source>
   <translation>what was pasted</translation>
  </message>
  <message>
   <source>粘贴的图片</source>
   <translation>pasted picture</translation>
  </message>
  <message>
   <source>粘贴的文字</source>
   <translation>Pasted text</translation>
  </message>
  <message>
   <source>系统的代理设置</source>
   <translation>the system's proxy settings</translation>
  </message>
  <message>
   <source>紧急信息</source>
   <translation>Urgent</translation>
  </message>
  <message>
   <source>纸上没有“%1”这个词。</source>
   <translation>Our papers have no label “%1”.</translation>
  </message>
  <message>
   <source>纸上的蒙古文</source>
   <translation>Mongolian on paper</translation>
  </message>
  <message>
   <source>纸面预览</source>
   <translation>Paper preview</translation>
  </message>
  <message>
   <source>练习</source>
   <translation>Practice</translation>
  </message>
  <message>
   <source>练习模式不与中心同步。</source>
   <translation>Practice is not synced with the centre.</translation>
  </message>
  <message>
   <source>练习模式不入网。</source>
   <translation>Practice mode does not enrol.</translation>
  </message>
  <message>
   <source>练习模式和没有入网的电脑不与邻窗互通。</source>
   <translation>In practice, or before it is enrolled, a PC does not meet other windows.</translation>
  </message>
  <message>
   <source>练习用的是编造的人，纸上有“练习”字样，不与中心同步，也不进统计。</source>
   <translation>Practice has made-up people, is marked on paper, not synced and not counted.</translation>
  </message>
  <message>
   <source>练习的内容只在本机。</source>
   <translation>What was practised stays on this machine.</translation>
  </message>
  <message>
   <source>练习，不作数</source>
   <translation>Practice, does not count</translation>
  </message>
  <message>
   <source>练习，不同步</source>
   <translation>Practice, not synced</translation>
  </message>
  <message>
   <source>组</source>
   <translation>Group</translation>
  </message>
  <message>
   <source>组卷在途</source>
   <translation>Bundled, on the way</translation>
  </message>
  <message>
   <source>组卷封装</source>
   <translation>Envelope sealed</translation>
  </message>
  <message>
   <source>组卷移交</source>
   <translation>Bundled and passed on</translation>
  </message>
  <message>
   <source>终端 %1 </source>
   <translation>desk %1 </translation>
  </message>
  <message>
   <source>终端 %1 不在中心给的本点终端名单里，或已被停用，没有交换任何内容。</source>
   <translation>Desk %1 is not on the centre's list of this point's desks, or was revoked. Nothing was exchanged.</translation>
  </message>
  <message>
   <source>终端 %1 已被停用，没有收它的内容。</source>
   <translation>Desk %1 was revoked; nothing of it was taken.</translation>
  </message>
  <message>
   <source>终端 %1 的记录与本机的对不上，没有收。</source>
   <translation>The records of desk %1 do not fit those here; they were not taken.</translation>
  </message>
  <message>
   <source>终端入网</source>
   <translation>Desk enrolled</translation>
  </message>
  <message>
   <source>终端名单</source>
   <translation>List of desks</translation>
  </message>
  <message>
   <source>终端名单太长，不予接收。</source>
   <translation>The list of desks is too long; not taken.</translation>
  </message>
  <message>
   <source>终端名单无法识读，不予接收。</source>
   <translation>The list of desks cannot be read; not taken.</translation>
  </message>
  <message>
   <source>终端名单里的密钥无法识读。</source>
   <translation>A key in the list of desks cannot be read.</translation>
  </message>
  <message>
   <source>终端的请求</source>
   <translation>A desk's request</translation>
  </message>
  <message>
   <source>终端编号</source>
   <translation>Desk number</translation>
  </message>
  <message>
   <source>经批准延长 %1，自原期限届满起计算。</source>
   <translation>Extended by %1 with approval, counted from the end of the first limit.</translation>
  </message>
  <message>
   <source>经过</source>
   <translation>History</translation>
  </message>
  <message>
   <source>经验做法</source>
   <translation>Good practice</translation>
  </message>
  <message>
   <source>结果</source>
   <translation>Result</translation>
  </message>
  <message>
   <source>结果公示</source>
   <translation>Results published</translation>
  </message>
  <message>
   <source>结果到了，来取</source>
   <translation>The result is here</translation>
  </message>
  <message>
   <source>结果到了，通知来取</source>
   <translation>The result is here: ask them to come for it</translation>
  </message>
  <message>
   <source>结果回传</source>
   <translation>Result coming back</translation>
  </message>
  <message>
   <source>结果在路上</source>
   <translation>Result on its way</translation>
  </message>
  <message>
   <source>结果在路上，到了点“到达代办点”</source>
   <translation>The result is on its way; press “Result arrived” when it is here</translation>
  </message>
  <message>
   <source>结果已到代办点</source>
   <translation>Result arrived at the point</translation>
  </message>
  <message>
   <source>给谁办</source>
   <translation>for whom</translation>
  </message>
  <message>
   <source>给谁办：姓名、拼音首字母、证件尾号、电话；新来的写上姓名按回车</source>
   <translation>For whom: name, initials, end of a number, telephone; for somebody new the name and Enter</translation>
  </message>
  <message>
   <source>给那个窗口的话</source>
   <translation>a line for that window</translation>
  </message>
  <message>
   <source>给那个窗口的话 *(&amp;R)</source>
   <translation>A line for that window *(&amp;R)</translation>
  </message>
  <message>
   <source>给那个窗口的话（会记入办件经过）(&amp;R)</source>
   <translation>A line for that window (kept in the history)(&amp;R)</translation>
  </message>
  <message>
   <source>统一社会信用代码应为 18 位，现在是 %1 位。</source>
   <translation>The credit code has 18 places, here are %1.</translation>
  </message>
  <message>
   <source>统一社会信用代码里没有%1（不用 I、O、S、V、Z），请对照证照再输一次。</source>
   <translation>No credit code holds %1 (I, O, S, V, Z are not used); compare it with the certificate and type it again.</translation>
  </message>
  <message>
   <source>统一社会信用代码（单位）</source>
   <translation>Unified social credit code (organisation)</translation>
  </message>
  <message>
   <source>统计</source>
   <translation>Figures</translation>
  </message>
  <message>
   <source>继续填写(&amp;G)</source>
   <translation>Go on(&amp;G)</translation>
  </message>
  <message>
   <source>缩小</source>
   <translation>Smaller</translation>
  </message>
  <message>
   <source>缩小(&amp;S)</source>
   <translation>Smaller (&amp;S)</translation>
  </message>
  <message>
   <source>缺什么</source>
   <translation>What is missing</translation>
  </message>
  <message>
   <source>网络太慢或中断，等不到中心的回应。</source>
   <translation>The network is too slow or was cut; the centre's answer did not come.</translation>
  </message>
  <message>
   <source>网络有回应，但不是本旗中心（可能要先在浏览器里登录上网，或中心地址、密钥不对）。</source>
   <translation>The network answered, but not as our centre (log in to the network in a browser first, or the address or key is wrong).</translation>
  </message>
  <message>
   <source>网络通，但中心的服务没有回应（可能正在重启或升级）。</source>
   <translation>The network works, but the centre's service does not answer (it may be restarting or being upgraded).</translation>
  </message>
  <message>
   <source>网页坏了，读不出来。</source>
   <translation>The page is broken; it cannot be read.</translation>
  </message>
  <message>
   <source>网页表单</source>
   <translation>A form</translation>
  </message>
  <message>
   <source>网页表格</source>
   <translation>A table in a web page</translation>
  </message>
  <message>
   <source>网页里有 %1 张以上的表，读不出来。</source>
   <translation>The page has more than %1 tables; it cannot be read.</translation>
  </message>
  <message>
   <source>网页里没有表格。</source>
   <translation>There is no table in the page.</translation>
  </message>
  <message>
   <source>群众评价</source>
   <translation>Rating</translation>
  </message>
  <message>
   <source>群众说法</source>
   <translation>People's words for items</translation>
  </message>
  <message>
   <source>自</source>
   <translation>since</translation>
  </message>
  <message>
   <source>自动同步没有成功：%1</source>
   <translation>Syncing by itself did not work: %1</translation>
  </message>
  <message>
   <source>自己的新密码，至少 8 位(&amp;N)</source>
   <translation>Your own new password, at least 8 characters(&amp;N)</translation>
  </message>
  <message>
   <source>自然人</source>
   <translation>Natural person</translation>
  </message>
  <message>
   <source>自由变体选择符一</source>
   <translation>Free variation selector one</translation>
  </message>
  <message>
   <source>自由变体选择符三</source>
   <translation>Free variation selector three</translation>
  </message>
  <message>
   <source>自由变体选择符二</source>
   <translation>Free variation selector two</translation>
  </message>
  <message>
   <source>自由变体选择符四</source>
   <translation>Free variation selector four</translation>
  </message>
  <message>
   <source>至少 8 位</source>
   <translation>At least 8 characters</translation>
  </message>
  <message>
   <source>至少 8 位；本人第一次登录时要换成自己的</source>
   <translation>At least 8 characters; to be replaced by the owner at the first login</translation>
  </message>
  <message>
   <source>节假日表无法识读。</source>
   <translation>The holiday table cannot be read.</translation>
  </message>
  <message>
   <source>花名册</source>
   <translation>Roll of people</translation>
  </message>
  <message>
   <source>苏木</source>
   <translation>sumu</translation>
  </message>
  <message>
   <source>苏木乡镇已送出</source>
   <translation>Left the township</translation>
  </message>
  <message>
   <source>草稿</source>
   <translation>Drafts</translation>
  </message>
  <message>
   <source>草稿列表</source>
   <translation>List of drafts</translation>
  </message>
  <message>
   <source>草稿封好了转过去，只有那个窗口打得开；它接着填，或者退回来。材料的图片一起过去，两台电脑互通时就到。</source>
   <translation>The draft goes sealed, so only that PC can open it; it fills it in further or sends it back. Its pictures go too, as soon as the two PCs meet.</translation>
  </message>
  <message>
   <source>草稿已删除。</source>
   <translation>The draft was dropped.</translation>
  </message>
  <message>
   <source>草稿已存</source>
   <translation>Draft kept</translation>
  </message>
  <message>
   <source>草稿已转过去，那个窗口可以接着填，也可以退回来。</source>
   <translation>The draft was passed on; that window can go on with it or send it back.</translation>
  </message>
  <message>
   <source>草稿已退回。</source>
   <translation>The draft was sent back.</translation>
  </message>
  <message>
   <source>草稿没有改动。</source>
   <translation>The draft is unchanged.</translation>
  </message>
  <message>
   <source>草稿还在本窗口。</source>
   <translation>The draft is still at this window.</translation>
  </message>
  <message>
   <source>蒙古文</source>
   <translation>Mongolian</translation>
  </message>
  <message>
   <source>蒙古文(&amp;M)</source>
   <translation>Mongolian (&amp;M)</translation>
  </message>
  <message>
   <source>蒙古文姓名</source>
   <translation>Name in Mongolian</translation>
  </message>
  <message>
   <source>蒙古文姓名(&amp;M)</source>
   <translation>Name in Mongolian (&amp;M)</translation>
  </message>
  <message>
   <source>蒙古文姓名(&amp;N)</source>
   <translation>Name in Mongolian (&amp;N)</translation>
  </message>
  <message>
   <source>蒙古文姓名里只能有蒙古文字母。</source>
   <translation>A name in Mongolian has Mongolian letters only.</translation>
  </message>
  <message>
   <source>蒙古文放在哪里</source>
   <translation>Where Mongolian stands</translation>
  </message>
  <message>
   <source>蒙古文用词</source>
   <translation>Mongolian labels</translation>
  </message>
  <message>
   <source>蒙古文用词(&amp;V)</source>
   <translation>Mongolian labels (&amp;V)</translation>
  </message>
  <message>
   <source>蒙古文稿</source>
   <translation>Mongolian text</translation>
  </message>
  <message>
   <source>蒙古文稿(&amp;M)</source>
   <translation>Mongolian text(&amp;M)</translation>
  </message>
  <message>
   <source>行政处罚</source>
   <translation>Penalty</translation>
  </message>
  <message>
   <source>行政奖励</source>
   <translation>Award</translation>
  </message>
  <message>
   <source>行政强制</source>
   <translation>Coercion</translation>
  </message>
  <message>
   <source>行政征收</source>
   <translation>Levy</translation>
  </message>
  <message>
   <source>行政机关</source>
   <translation>Administrative organ</translation>
  </message>
  <message>
   <source>行政权力事项</source>
   <translation>Administrative power</translation>
  </message>
  <message>
   <source>行政检查</source>
   <translation>Inspection</translation>
  </message>
  <message>
   <source>行政确认</source>
   <translation>Confirmation</translation>
  </message>
  <message>
   <source>行政给付</source>
   <translation>Benefit</translation>
  </message>
  <message>
   <source>行政裁决</source>
   <translation>Ruling</translation>
  </message>
  <message>
   <source>行政许可</source>
   <translation>Licence</translation>
  </message>
  <message>
   <source>街道</source>
   <translation>street</translation>
  </message>
  <message>
   <source>补上空项 %1 人</source>
   <translation>%1 filled in</translation>
  </message>
  <message>
   <source>补交材料</source>
   <translation>Material brought later</translation>
  </message>
  <message>
   <source>补交材料(&amp;B)</source>
   <translation>Brought later(&amp;B)</translation>
  </message>
  <message>
   <source>补录</source>
   <translation>Entered later</translation>
  </message>
  <message>
   <source>补录旧台账</source>
   <translation>Line of an old ledger</translation>
  </message>
  <message>
   <source>补打</source>
   <translation>Again</translation>
  </message>
  <message>
   <source>补打文书</source>
   <translation>Paper printed again</translation>
  </message>
  <message>
   <source>补来的日子不能在今天以前。</source>
   <translation>It cannot follow on a day before today.</translation>
  </message>
  <message>
   <source>补正已交</source>
   <translation>Supplement handed in</translation>
  </message>
  <message>
   <source>补正材料已交</source>
   <translation>Supplement handed in</translation>
  </message>
  <message>
   <source>表%1</source>
   <translation>Table %1</translation>
  </message>
  <message>
   <source>表头上面的标题</source>
   <translation>title above the headings</translation>
  </message>
  <message>
   <source>表格</source>
   <translation>Tables</translation>
  </message>
  <message>
   <source>表格的引号不成对，读不出来。</source>
   <translation>Quotation marks are not in pairs; it cannot be read.</translation>
  </message>
  <message>
   <source>表里%1，读不出来。</source>
   <translation>The table%1; it cannot be read.</translation>
  </message>
  <message>
   <source>表里有 %1 格以上，读不出来。</source>
   <translation>The table has more than %1 cells; it cannot be read.</translation>
  </message>
  <message>
   <source>表里有 %1 行，一次最多 %2 行，没有取。请分成几个文件再导入。</source>
   <translation>The table has %1 rows, at most %2 go at once; nothing was taken. Split it into several files.</translation>
  </message>
  <message>
   <source>表里有 %1 行，一次最多读 %2 行。</source>
   <translation>The table has %1 rows; at most %2 can be read at once.</translation>
  </message>
  <message>
   <source>表里没有人。</source>
   <translation>There is nobody in the table.</translation>
  </message>
  <message>
   <source>表里没有人，只有表头。</source>
   <translation>There is nobody in the table, only headings.</translation>
  </message>
  <message>
   <source>表里没有找到列名（%1）。请在名册上面加一行列名，再导入。</source>
   <translation>The table has no headings (%1). Add a row of headings above the rows and import again.</translation>
  </message>
  <message>
   <source>表里缺列。</source>
   <translation>The table lacks columns.</translation>
  </message>
  <message>
   <source>表里（勾上就改成这样）</source>
   <translation>In the table (taken if ticked)</translation>
  </message>
  <message>
   <source>被筛选或隐藏</source>
   <translation>filtered out or hidden</translation>
  </message>
  <message>
   <source>被隐藏</source>
   <translation>hidden</translation>
  </message>
  <message>
   <source>裁剪(&amp;C)</source>
   <translation>Crop(&amp;C)</translation>
  </message>
  <message>
   <source>裁量档次：%1</source>
   <translation>Band of discretion: %1</translation>
  </message>
  <message>
   <source>装上新版本？</source>
   <translation>Install the new version?</translation>
  </message>
  <message>
   <source>装信封</source>
   <translation>Fill an envelope</translation>
  </message>
  <message>
   <source>装信封(&amp;S)</source>
   <translation>Fill an envelope(&amp;S)</translation>
  </message>
  <message>
   <source>装订成册(&amp;K)</source>
   <translation>Booklet(&amp;K)</translation>
  </message>
  <message>
   <source>装订指南</source>
   <translation>Binding guides</translation>
  </message>
  <message>
   <source>装进了两个信封</source>
   <translation>Closed in two envelopes</translation>
  </message>
  <message>
   <source>西藏自治区</source>
   <translation>Tibet</translation>
  </message>
  <message>
   <source>要到期的</source>
   <translation>Coming due</translation>
  </message>
  <message>
   <source>要办的事：名称、拼音首字母或平常的说法（低保、残疾证、房产证…），回车选定</source>
   <translation>The matter: its name, initials, or what people call it; Enter takes it</translation>
  </message>
  <message>
   <source>要导入的行</source>
   <translation>Rows to be taken in</translation>
  </message>
  <message>
   <source>要改内容，请告诉旗里的目录编辑。</source>
   <translation>To change it, tell the banner's catalogue editor.</translation>
  </message>
  <message>
   <source>要更正的内容与原来一样。</source>
   <translation>What you want to correct is the same as before.</translation>
  </message>
  <message>
   <source>要补材料</source>
   <translation>Materials to bring</translation>
  </message>
  <message>
   <source>要送的材料</source>
   <translation>Papers to send</translation>
  </message>
  <message>
   <source>要问清：%1？%2</source>
   <translation>Please ask: %1? %2</translation>
  </message>
  <message>
   <source>视情形</source>
   <translation>as it may be</translation>
  </message>
  <message>
   <source>让新电脑取回记录</source>
   <translation>Let a new PC fetch the records</translation>
  </message>
  <message>
   <source>记一趟送件</source>
   <translation>Note a trip</translation>
  </message>
  <message>
   <source>记一趟送件(&amp;D)</source>
   <translation>Note a trip(&amp;D)</translation>
  </message>
  <message>
   <source>记下</source>
   <translation>Note it</translation>
  </message>
  <message>
   <source>记下原因，显示号码</source>
   <translation>Note the reason, show the number</translation>
  </message>
  <message>
   <source>记下接收</source>
   <translation>Note the receipt</translation>
  </message>
  <message>
   <source>记下补交的材料</source>
   <translation>Note what was brought</translation>
  </message>
  <message>
   <source>记录</source>
   <translation>A record</translation>
  </message>
  <message>
   <source>记录无法识读。</source>
   <translation>The record cannot be read.</translation>
  </message>
  <message>
   <source>记录超过长度上限。</source>
   <translation>The record is longer than allowed.</translation>
  </message>
  <message>
   <source>设定依据</source>
   <translation>Legal basis</translation>
  </message>
  <message>
   <source>设新密码并打开</source>
   <translation>Set the password and open</translation>
  </message>
  <message>
   <source>设置</source>
   <translation>Settings</translation>
  </message>
  <message>
   <source>证件上的写法不一样时（如额尔敦其其格、额尔登其其格），加为别名就都能找到。</source>
   <translation>When papers spell the name differently, add the spelling and both are found.</translation>
  </message>
  <message>
   <source>证件号码</source>
   <translation>Identity number</translation>
  </message>
  <message>
   <source>证件号码 *(&amp;%1)</source>
   <translation>Identity number *(&amp;%1)</translation>
  </message>
  <message>
   <source>证件号码填错了的，请取消后改正。</source>
   <translation>If the number was mistyped, cancel and correct it.</translation>
  </message>
  <message>
   <source>证件号码应为 4 到 30 位字母或数字，现在是 %1 位。</source>
   <translation>A number of a paper is 4 to 30 letters or digits; there are %1.</translation>
  </message>
  <message>
   <source>证件号码里没有%1，应为 4 到 30 位字母或数字。</source>
   <translation>A number of a paper cannot hold %1; it is 4 to 30 letters or digits.</translation>
  </message>
  <message>
   <source>证件种类</source>
   <translation>Kind of document</translation>
  </message>
  <message>
   <source>试得太频繁，请过一分钟再试。</source>
   <translation>Too many tries; please try again in a minute.</translation>
  </message>
  <message>
   <source>试打印机</source>
   <translation>Try the printer</translation>
  </message>
  <message>
   <source>该事项从 %1 起实施，现在还不能办。</source>
   <translation>This item starts on %1 and cannot be handled yet.</translation>
  </message>
  <message>
   <source>该事项已于 %1 停止实施。</source>
   <translation>This item ended on %1.</translation>
  </message>
  <message>
   <source>该事项未备案，不得办理。</source>
   <translation>This item was not filed and may not be handled.</translation>
  </message>
  <message>
   <source>该事项未经核定，不得办理。</source>
   <translation>This item was never approved and may not be handled.</translation>
  </message>
  <message>
   <source>该事项没有承诺时限%1。</source>
   <translation>Nothing is promised for this item%1.</translation>
  </message>
  <message>
   <source>语言(&amp;L)</source>
   <translation>Language(&amp;L)</translation>
  </message>
  <message>
   <source>说明</source>
   <translation>Note</translation>
  </message>
  <message>
   <source>说明(&amp;N)</source>
   <translation>Remark(&amp;N)</translation>
  </message>
  <message>
   <source>说明文字</source>
   <translation>a note</translation>
  </message>
  <message>
   <source>请与中心核对申请码：中心念的应与本页显示的一样。</source>
   <translation>Check the request code with the centre: what they have must be what is shown here.</translation>
  </message>
  <message>
   <source>请与中心联系。</source>
   <translation>Please contact the centre.</translation>
  </message>
  <message>
   <source>请与旗中心同步一次。</source>
   <translation>Please sync with the banner centre once.</translation>
  </message>
  <message>
   <source>请与旗中心同步一次再选。</source>
   <translation>Please sync with the banner centre once, then choose.</translation>
  </message>
  <message>
   <source>请与旗中心核对。</source>
   <translation>Please check with the banner centre.</translation>
  </message>
  <message>
   <source>请从列出的村里选。</source>
   <translation>Please choose one of the villages listed.</translation>
  </message>
  <message>
   <source>请从列出的选项里选一个。</source>
   <translation>Choose one of the options.</translation>
  </message>
  <message>
   <source>请从备份恢复，或重新拍摄。</source>
   <translation>Restore from a backup, or take it again.</translation>
  </message>
  <message>
   <source>请从身份证照片上只截取这一个字。</source>
   <translation>Please cut only this one character out of the photograph of the card.</translation>
  </message>
  <message>
   <source>请先勾选要送的办件。</source>
   <translation>Tick the cases to send first.</translation>
  </message>
  <message>
   <source>请先去掉一个。</source>
   <translation>Remove one first.</translation>
  </message>
  <message>
   <source>请先向旗中心要入网码入网。</source>
   <translation>Ask the banner centre for an enrolment code first.</translation>
  </message>
  <message>
   <source>请先回答上面的问题。</source>
   <translation>Answer the questions above first.</translation>
  </message>
  <message>
   <source>请先在上面选好再导入。</source>
   <translation>Choose above first, then import.</translation>
  </message>
  <message>
   <source>请先增加接任的代办员。</source>
   <translation>First add the agent who takes over.</translation>
  </message>
  <message>
   <source>请先用中心给的入网码入网。</source>
   <translation>Please enrol with the centre's code first.</translation>
  </message>
  <message>
   <source>请先用鼠标在图上拖出要留下的部分。</source>
   <translation>First pull a frame with the mouse around what should stay.</translation>
  </message>
  <message>
   <source>请先看打印机出没出纸，没有的再试一次。</source>
   <translation>Please see whether the printer gave it out; if not, try again.</translation>
  </message>
  <message>
   <source>请先确认打电话的是代办员本人。</source>
   <translation>First make sure that it is the agent who rings.</translation>
  </message>
  <message>
   <source>请先解开压缩包，再选里面的表格。</source>
   <translation>Unpack the archive first and choose the table in it.</translation>
  </message>
  <message>
   <source>请先选择要办的事项。</source>
   <translation>First choose the item.</translation>
  </message>
  <message>
   <source>请关上程序，重新打开再办。</source>
   <translation>Please close the program, open it again and retry.</translation>
  </message>
  <message>
   <source>请再取一次。</source>
   <translation>Fetch it again.</translation>
  </message>
  <message>
   <source>请再核对这一组，组的顺序也不能错。</source>
   <translation>Please check this group again; the order of the groups counts too.</translation>
  </message>
  <message>
   <source>请再试一次；还不行，点“复制”发给旗中心。</source>
   <translation>Try again; if it does not help, press “Copy” and send it to the banner centre.</translation>
  </message>
  <message>
   <source>请再输一次；注意大小写。忘了密码请点“忘记密码”。</source>
   <translation>Please type it again; mind capitals. If you forgot the password, press “Forgotten password”.</translation>
  </message>
  <message>
   <source>请写成 2026-11-24 这样。</source>
   <translation> Write it like 2026-11-24.</translation>
  </message>
  <message>
   <source>请写明核对的结果。</source>
   <translation>Write down what was found out.</translation>
  </message>
  <message>
   <source>请分成几个文件再导入。</source>
   <translation>Split it into several files.</translation>
  </message>
  <message>
   <source>请分成几本登记。</source>
   <translation>Split it into several rolls.</translation>
  </message>
  <message>
   <source>请切换到已打开的窗口。</source>
   <translation>Switch to the window that is open.</translation>
  </message>
  <message>
   <source>请删减后再存。</source>
   <translation>Please shorten it and save again.</translation>
  </message>
  <message>
   <source>请删减过长的文字后再保存。</source>
   <translation>Shorten the long texts and save again.</translation>
  </message>
  <message>
   <source>请删掉本机刚建的代办台，重新开始，会另取一个编号。</source>
   <translation>Please remove the desk that was just made on this PC and begin again: it takes another number.</translation>
  </message>
  <message>
   <source>请刷新后再看。</source>
   <translation>Refresh and look again.</translation>
  </message>
  <message>
   <source>请刷新后重新勾选。</source>
   <translation>Refresh and tick again.</translation>
  </message>
  <message>
   <source>请勾选这趟带走的信封。</source>
   <translation>Tick the envelopes that went along.</translation>
  </message>
  <message>
   <source>请升级代办台再入网。</source>
   <translation>Bring Daiban Desk up to date, then enrol.</translation>
  </message>
  <message>
   <source>请去掉一行或改正号码。</source>
   <translation> Remove one row or correct the number.</translation>
  </message>
  <message>
   <source>请去掉这些户，或写明为什么再登记。</source>
   <translation>Please take these households out, or say why they are registered again.</translation>
  </message>
  <message>
   <source>请只扫描要交的那几页。</source>
   <translation>Scan only the pages that are handed in.</translation>
  </message>
  <message>
   <source>请只留名册这一张表再试。</source>
   <translation>Keep only the sheet of the roll and try again.</translation>
  </message>
  <message>
   <source>请只留名册这一张表，分成几个文件再导入。</source>
   <translation>Keep only the sheet of the roll, and import it in several files.</translation>
  </message>
  <message>
   <source>请只留名册这一张表，另存后再试。</source>
   <translation>Keep the sheet with the roll only, save it anew and try again.</translation>
  </message>
  <message>
   <source>请向中心重新索取。</source>
   <translation>Ask the centre for it again.</translation>
  </message>
  <message>
   <source>请向发来的人要原表，把这一列设成“文本”再输入，或照证件重填。</source>
   <translation> Ask for the original with this column set to text, or fill in from the card.</translation>
  </message>
  <message>
   <source>请向发来的人要电子表格，或照着在名册里打字。</source>
   <translation>Ask for a spreadsheet, or type it into the roll.</translation>
  </message>
  <message>
   <source>请向旗中心要入网码，在设置里填写。</source>
   <translation>Ask the banner centre for an enrolment code and enter it in Settings.</translation>
  </message>
  <message>
   <source>请向旗中心要给这种电脑用的。</source>
   <translation>Ask the banner centre for the one for this kind of computer.</translation>
  </message>
  <message>
   <source>请告诉旗中心。</source>
   <translation>Tell the banner centre.</translation>
  </message>
  <message>
   <source>请回到原来的页面再打一次。</source>
   <translation>Please print it again from the page it came from.</translation>
  </message>
  <message>
   <source>请回答后再登记。</source>
   <translation>Answer, then register.</translation>
  </message>
  <message>
   <source>请在 WPS 里去掉密码，另存后再试。</source>
   <translation>Remove the password in WPS, save it anew and try again.</translation>
  </message>
  <message>
   <source>请在“办件”里查看；要另办一件，请先清空这一页。</source>
   <translation>Look at it under Cases; for another case clear this page first.</translation>
  </message>
  <message>
   <source>请在“办件”里逐件作废，并写明原因。</source>
   <translation>Please void them one by one under Cases, with the reason.</translation>
  </message>
  <message>
   <source>请在“设置”里停用，再重新增加。</source>
   <translation>Close it in the settings and add it again.</translation>
  </message>
  <message>
   <source>请在“设置”里改正中心地址。</source>
   <translation>Correct the centre's address in Settings.</translation>
  </message>
  <message>
   <source>请在办理它的中心的网页上评价。</source>
   <translation>Please rate it on the pages of the centre that handles it.</translation>
  </message>
  <message>
   <source>请在发来的地方另存成 PDF 或图片，再加进来。</source>
   <translation>Save it as a PDF or a picture where it came from, and add that.</translation>
  </message>
  <message>
   <source>请在手机“设置—相机—格式”里选“兼容性最佳”再拍，或用微信发一次再存成 JPG。</source>
   <translation>In the telephone's Settings, Camera, Formats choose Most Compatible and photograph it again, or send it by WeChat and save it as JPG.</translation>
  </message>
  <message>
   <source>请在表里改好，或在这里填。</source>
   <translation> Mend it in the table, or fill it in here.</translation>
  </message>
  <message>
   <source>请在设置里做一次备份，再与中心联系。</source>
   <translation>Make a backup in the settings, then call the centre.</translation>
  </message>
  <message>
   <source>请填今天或以前的日子。</source>
   <translation>Enter today or an earlier day.</translation>
  </message>
  <message>
   <source>请填份数，或加图片。</source>
   <translation>Give the number of copies, or add a picture.</translation>
  </message>
  <message>
   <source>请填写%1。</source>
   <translation>Please fill in: %1.</translation>
  </message>
  <message>
   <source>请填写“%1”。</source>
   <translation>Fill in “%1”.</translation>
  </message>
  <message>
   <source>请填写单位名称。</source>
   <translation>Enter the name of the organisation.</translation>
  </message>
  <message>
   <source>请填写姓名。</source>
   <translation>Enter the name.</translation>
  </message>
  <message>
   <source>请填写审定人。</source>
   <translation>Fill in who reviewed it.</translation>
  </message>
  <message>
   <source>请填写您的姓名。</source>
   <translation>Enter your name.</translation>
  </message>
  <message>
   <source>请填写标题和正文。</source>
   <translation>Please fill in title and text.</translation>
  </message>
  <message>
   <source>请填写正确的内容。</source>
   <translation>Type what is right.</translation>
  </message>
  <message>
   <source>请填写证件号码。</source>
   <translation>Enter the identity number.</translation>
  </message>
  <message>
   <source>请填实收几件（1 到 9999）。</source>
   <translation>Enter how many were received (1 to 9999).</translation>
  </message>
  <message>
   <source>请填往返公里数（1 到 3000）。</source>
   <translation>Enter the kilometres there and back (1 to 3000).</translation>
  </message>
  <message>
   <source>请对准整个码再扫一次；还是不对就先不收，打电话问村里。</source>
   <translation>Scan the whole code again; if it is still wrong, do not take the envelope and call the village.</translation>
  </message>
  <message>
   <source>请对照证件。</source>
   <translation> Compare with the card.</translation>
  </message>
  <message>
   <source>请尽量填写法定代表人（负责人）姓名，上级系统要这一项。</source>
   <translation>Give the name of the legal representative if you can: the platform above asks for it.</translation>
  </message>
  <message>
   <source>请您自己点一个，再点“提交”。代办员看不到您选了哪个；不愿评价可以直接关闭，以后凭回执在中心网页上也能评。</source>
   <translation>Choose one yourself, then press “Hand in”. The agent does not see which; you may just close this, and rate later on the centre's page with your receipt.</translation>
  </message>
  <message>
   <source>请您评价</source>
   <translation>Your rating</translation>
  </message>
  <message>
   <source>请打开代办台窗口，用备份恢复。</source>
   <translation>Open the desk's window and restore from a backup.</translation>
  </message>
  <message>
   <source>请扫描成 PDF，或把分辨率调低。</source>
   <translation>Scan it as a PDF, or lower the resolution.</translation>
  </message>
  <message>
   <source>请找一份备份。</source>
   <translation>Look for a backup.</translation>
  </message>
  <message>
   <source>请找一份备份，或联系旗中心。</source>
   <translation>Look for a backup, or ask the banner centre.</translation>
  </message>
  <message>
   <source>请把U盘送到旗中心，或交给去旗里的人；盘上的内容别人看不到。带回来再插一次，就收到回信。</source>
   <translation>Take the stick to the banner centre or give it to someone who goes there; nobody can read it. Plug it in again when it comes back.</translation>
  </message>
  <message>
   <source>请把前一个U盘也拿来。</source>
   <translation>Please bring the stick before this one too.</translation>
  </message>
  <message>
   <source>请把整个码拍进来，拍正、拍清楚。</source>
   <translation>Please take the whole code, straight and sharp.</translation>
  </message>
  <message>
   <source>请把盘交还村里，带回去插一次，就收到回信。</source>
   <translation>Give the stick back to the village: plugged in there, it brings the answers.</translation>
  </message>
  <message>
   <source>请把相机或扫描的分辨率调低。</source>
   <translation>Lower the resolution of the camera or the scanner.</translation>
  </message>
  <message>
   <source>请把相机或扫描的分辨率调低，或关掉别的程序再试。</source>
   <translation>Lower the resolution of the camera or the scanner, or close other programs and try again.</translation>
  </message>
  <message>
   <source>请把编号或名称重新打一遍，不要粘贴。</source>
   <translation>Type the number or name anew instead of pasting it.</translation>
  </message>
  <message>
   <source>请把表格复制到电子表格里，存成 .xlsx 再试。</source>
   <translation>Copy the table into a spreadsheet, save it as .xlsx and try again.</translation>
  </message>
  <message>
   <source>请按提示改好表格再来。</source>
   <translation>Mend the table as told and come back.</translation>
  </message>
  <message>
   <source>请换一个文件。</source>
   <translation>Choose another file.</translation>
  </message>
  <message>
   <source>请换一个文件，或让对方分成几份再发。</source>
   <translation>Choose another file, or have it sent again in several parts.</translation>
  </message>
  <message>
   <source>请换一个账号。</source>
   <translation>Choose another account.</translation>
  </message>
  <message>
   <source>请换一份。</source>
   <translation>Choose another one.</translation>
  </message>
  <message>
   <source>请换算后重填。</source>
   <translation> Convert it and fill it in again.</translation>
  </message>
  <message>
   <source>请插上有备份的盘，再到那里找。</source>
   <translation>Plug in the disk with the backup and look there.</translation>
  </message>
  <message>
   <source>请插好U盘再选一次。</source>
   <translation>Please plug the stick in and choose it again.</translation>
  </message>
  <message>
   <source>请插好U盘，或在“设置”里重新选文件夹。</source>
   <translation>Plug in the stick, or choose the folder again in Settings.</translation>
  </message>
  <message>
   <source>请改好标出的地方再登记。</source>
   <translation>Mend the marked places and register again.</translation>
  </message>
  <message>
   <source>请改成 120 或 120.5 这样。</source>
   <translation> Write it like 120 or 120.5.</translation>
  </message>
  <message>
   <source>请改成 http:// 开头的代理（不支持 SOCKS，密码里的特殊符号要转写），或去掉代理，再点“立即同步”。</source>
   <translation>Use a proxy that begins with http:// (SOCKS does not work, special characters of a password have to be escaped) or none, then press "Sync now".</translation>
  </message>
  <message>
   <source>请改成数字，可带区号和“-”。</source>
   <translation> Write digits, with area code and “-” if need be.</translation>
  </message>
  <message>
   <source>请改选工作日。</source>
   <translation>Choose a working day.</translation>
  </message>
  <message>
   <source>请旗中心在机构名录里补上。</source>
   <translation>Ask the banner centre to add it to the register of bodies.</translation>
  </message>
  <message>
   <source>请明天登记，或换用本点的另一台电脑。</source>
   <translation>Register tomorrow, or on another computer of this point.</translation>
  </message>
  <message>
   <source>请明天继续，或换用本点的另一台电脑。</source>
   <translation>Go on tomorrow, or use another computer of this point.</translation>
  </message>
  <message>
   <source>请本机的另一位代办员登录；没有别人的，先把整个数据文件夹另存一份，再与旗中心联系。</source>
   <translation>Let another agent of this computer log in; if there is none, first copy the whole data folder elsewhere, then contact the banner centre.</translation>
  </message>
  <message>
   <source>请核对 %1 行</source>
   <translation>%1 to be checked</translation>
  </message>
  <message>
   <source>请核对。</source>
   <translation> Please check.</translation>
  </message>
  <message>
   <source>请核对中心地址和入网码。</source>
   <translation>Check the centre's address and the code.</translation>
  </message>
  <message>
   <source>请核对入网码，或向中心重新要。</source>
   <translation>Please check the code, or ask the centre for a new one.</translation>
  </message>
  <message>
   <source>请核对后重填。</source>
   <translation> Check it and fill it in again.</translation>
  </message>
  <message>
   <source>请核对地址。</source>
   <translation>Check the address.</translation>
  </message>
  <message>
   <source>请核对地址和那个窗口屏幕上的核对码。</source>
   <translation>Please check the address and the code on that window's screen.</translation>
  </message>
  <message>
   <source>请核对封装号。</source>
   <translation>Check the number.</translation>
  </message>
  <message>
   <source>请核对收件号或办件编号。</source>
   <translation>Check the intake number or the case number.</translation>
  </message>
  <message>
   <source>请核对本机的代办点；没有选错的，请向中心要本点的入网码。</source>
   <translation>Check which point this machine is at; if that is right, ask the centre for a code of this point.</translation>
  </message>
  <message>
   <source>请检查上网登录和中心地址，再点“立即同步”。</source>
   <translation>Check the network login and the centre's address, then press “Sync now”.</translation>
  </message>
  <message>
   <source>请检查中心地址。</source>
   <translation>Check the centre's address.</translation>
  </message>
  <message>
   <source>请点“用备份恢复”。</source>
   <translation>Use “Restore from a backup”.</translation>
  </message>
  <message>
   <source>请照中心给的入网码再输一次。</source>
   <translation>Type the code again as the centre gave it.</translation>
  </message>
  <message>
   <source>请照原件重输。</source>
   <translation> Type it again from the original.</translation>
  </message>
  <message>
   <source>请照新电脑屏幕上的核对码再输一次。</source>
   <translation>Please type the code on the new PC's screen again.</translation>
  </message>
  <message>
   <source>请照证件用“生僻字”重输。</source>
   <translation> Type it again from the card, by rare characters.</translation>
  </message>
  <message>
   <source>请用 --account 写明账号。</source>
   <translation>Name the account with --account.</translation>
  </message>
  <message>
   <source>请用 JPG 或 PNG，或重新拍摄。</source>
   <translation>Use JPG or PNG, or take it again.</translation>
  </message>
  <message>
   <source>请用 JPG、PNG、TIFF、HEIC、PDF 或 OFD，或重新拍摄。</source>
   <translation>Use JPG, PNG, TIFF, HEIC, PDF or OFD, or photograph it again.</translation>
  </message>
  <message>
   <source>请用 WPS 或 Excel 打开，另存为 .xlsx 再试。</source>
   <translation>Open it in WPS or Excel, save it as .xlsx and try again.</translation>
  </message>
  <message>
   <source>请用 WPS 打开，另存为 .xlsx 再试。</source>
   <translation>Open it in WPS, save it as .xlsx and try again.</translation>
  </message>
  <message>
   <source>请用 git 取新的源码。</source>
   <translation>Fetch the new source with git.</translation>
  </message>
  <message>
   <source>请用“导入”取一个组的表格。</source>
   <translation>Import the table of one group instead.</translation>
  </message>
  <message>
   <source>请用中心给的那个U盘。</source>
   <translation>Please use the stick that the centre gave.</translation>
  </message>
  <message>
   <source>请用备份恢复 vault.json。</source>
   <translation>Restore vault.json from a backup.</translation>
  </message>
  <message>
   <source>请用现在的密码；这台电脑上没有原来的账号文件时，用做这份备份时的密码。</source>
   <translation>Use the password of today; where the accounts file of this PC is gone, the one of when this backup was made.</translation>
  </message>
  <message>
   <source>请用蒙古文输入法重新录入。</source>
   <translation>Please type it again with a Mongolian input method.</translation>
  </message>
  <message>
   <source>请由接任的代办员登录后停用。</source>
   <translation>Let the agent who takes over log in and close it.</translation>
  </message>
  <message>
   <source>请由收到这件办件的中心办理；要催办、要纠正的，用监督督办。</source>
   <translation>The centre that the case came to handles it; to urge it or have it corrected, use supervision.</translation>
  </message>
  <message>
   <source>请由现在的代办员登录。</source>
   <translation>Let one of the present agents log in.</translation>
  </message>
  <message>
   <source>请留意：</source>
   <translation>Please note: </translation>
  </message>
  <message>
   <source>请看U盘或磁盘是否插好、有没有空间。</source>
   <translation>See that the USB stick or disk is plugged in and has room.</translation>
  </message>
  <message>
   <source>请看打印机是否开着、接好、有纸，再按“打印”；急用可以先“另存”成文件。</source>
   <translation>See that the printer is on, connected and has paper, then press Print again; if it is urgent, save it as a file.</translation>
  </message>
  <message>
   <source>请看打印机是否开着、接好、有纸，再试一次。</source>
   <translation>Check that the printer is on, connected and has paper, then try again.</translation>
  </message>
  <message>
   <source>请看磁盘是否已满、写保护，或文件正被别的程序打开。</source>
   <translation>See whether the disk is full or write-protected, or the file open in another program.</translation>
  </message>
  <message>
   <source>请看磁盘有没有空间、U盘是否插好，再试。</source>
   <translation>See whether the disk has room and the stick is in place, and try again.</translation>
  </message>
  <message>
   <source>请看那台电脑的“大厅”，照着上面的地址填，如 192.168.1.12。</source>
   <translation>Look at Hall on that PC and type the address shown there, such as 192.168.1.12.</translation>
  </message>
  <message>
   <source>请确认中心已经同意，并把答复写到了这个盘上。</source>
   <translation>Please make sure that the centre has agreed and wrote the answer to this stick.</translation>
  </message>
  <message>
   <source>请等中心升级再入网。</source>
   <translation>Wait until the centre is brought up to date, then enrol.</translation>
  </message>
  <message>
   <source>请等中心升级后再同步。</source>
   <translation>Please sync again once the centre is renewed.</translation>
  </message>
  <message>
   <source>请等同步做完再试。</source>
   <translation>Try again when the sync is done.</translation>
  </message>
  <message>
   <source>请群众评价(&amp;P)</source>
   <translation>Ask for a rating(&amp;P)</translation>
  </message>
  <message>
   <source>请联系旗中心。</source>
   <translation>Please contact the banner centre.</translation>
  </message>
  <message>
   <source>请腾出地方再试。</source>
   <translation>Make room and try again.</translation>
  </message>
  <message>
   <source>请腾出磁盘空间后再试。</source>
   <translation>Make room on the disk, then try again.</translation>
  </message>
  <message>
   <source>请腾出空间再试。</source>
   <translation>Make room and try again.</translation>
  </message>
  <message>
   <source>请腾出空间，下次打开时会再换。</source>
   <translation>Make room on the disk; it is changed at the next start.</translation>
  </message>
  <message>
   <source>请腾出空间，或检查磁盘是否写保护。</source>
   <translation>Free some space, or check whether the disk is write-protected.</translation>
  </message>
  <message>
   <source>请补上。</source>
   <translation> Please fill it in.</translation>
  </message>
  <message>
   <source>请装上新版本的代办台再打开。</source>
   <translation>Install the new version of Daiban Desk, then open it.</translation>
  </message>
  <message>
   <source>请让对方发没有密码的。</source>
   <translation>Ask for one without a password.</translation>
  </message>
  <message>
   <source>请让对方重新发一次。</source>
   <translation>Ask for it to be sent again.</translation>
  </message>
  <message>
   <source>请让对方重新发一次，或用 WPS 打开后另存再试。</source>
   <translation>Ask for it to be sent again, or open it in WPS and save it anew.</translation>
  </message>
  <message>
   <source>请让转来的窗口重新转一次。</source>
   <translation>Please have the other window pass it on again.</translation>
  </message>
  <message>
   <source>请设一个只有您知道的密码。</source>
   <translation>Please set a password that only you know.</translation>
  </message>
  <message>
   <source>请输入传统蒙古文。</source>
   <translation>Please type traditional Mongolian.</translation>
  </message>
  <message>
   <source>请输入答复码，或读U盘上的答复。</source>
   <translation>Please type the answer code, or read the answer from a stick.</translation>
  </message>
  <message>
   <source>请输完整。</source>
   <translation>Please type all of it.</translation>
  </message>
  <message>
   <source>请过一会儿再点“立即同步”；程序也会自己再试。</source>
   <translation>Press "Sync now" again in a while; the program also tries by itself.</translation>
  </message>
  <message>
   <source>请过一会儿再试。</source>
   <translation>Please try again in a while.</translation>
  </message>
  <message>
   <source>请选 JPG 或 PNG 照片。</source>
   <translation>Please choose a JPG or PNG photograph.</translation>
  </message>
  <message>
   <source>请选一个文件。</source>
   <translation>Choose a file.</translation>
  </message>
  <message>
   <source>请选一个评价。</source>
   <translation>Choose a rating.</translation>
  </message>
  <message>
   <source>请选上午或下午。</source>
   <translation>Choose morning or afternoon.</translation>
  </message>
  <message>
   <source>请选今天以后的工作日。</source>
   <translation>Choose a working day from today on.</translation>
  </message>
  <message>
   <source>请选代办人与申请人的关系。</source>
   <translation>Choose what the one who came is to the applicant.</translation>
  </message>
  <message>
   <source>请选出代办台放在哪里。</source>
   <translation>Choose where the desk stands.</translation>
  </message>
  <message>
   <source>请选择</source>
   <translation>Choose</translation>
  </message>
  <message>
   <source>请选择…</source>
   <translation>Choose…</translation>
  </message>
  <message>
   <source>请选正确的事项。</source>
   <translation>Choose the right item.</translation>
  </message>
  <message>
   <source>请重新写一份申请，再请中心答复。</source>
   <translation>Please write a new request and ask the centre to answer it.</translation>
  </message>
  <message>
   <source>请重新加入。</source>
   <translation>Please add it again.</translation>
  </message>
  <message>
   <source>请重新打开。</source>
   <translation>Please open it again.</translation>
  </message>
  <message>
   <source>请重新打开程序，按提示设置。</source>
   <translation>Open the program again and follow the steps.</translation>
  </message>
  <message>
   <source>请重新拍小一些。</source>
   <translation>Take a smaller picture.</translation>
  </message>
  <message>
   <source>请重新拍摄。</source>
   <translation>Please photograph it again.</translation>
  </message>
  <message>
   <source>请重新拷一份。</source>
   <translation>Copy it again.</translation>
  </message>
  <message>
   <source>请重新插好U盘再试。</source>
   <translation>Plug the stick in again and retry.</translation>
  </message>
  <message>
   <source>请重新插好再试。</source>
   <translation>Please plug it in again and retry.</translation>
  </message>
  <message>
   <source>请重新留一份，下次同步会告诉中心。</source>
   <translation>Make another one; the centre hears of it with the next sync.</translation>
  </message>
  <message>
   <source>请重新选择事项。</source>
   <translation>Choose the item again.</translation>
  </message>
  <message>
   <source>请马上同步一次：中心有而本机没有的，会取回来。</source>
   <translation>Sync now: what the centre has and this desk has not comes back.</translation>
  </message>
  <message>
   <source>读U盘上的答复(&amp;R)</source>
   <translation>Read answer from a stick(&amp;R)</translation>
  </message>
  <message>
   <source>读取回信</source>
   <translation>Reading answers</translation>
  </message>
  <message>
   <source>读取村里的U盘</source>
   <translation>Reading the village's stick</translation>
  </message>
  <message>
   <source>读文件</source>
   <translation>Reading the file</translation>
  </message>
  <message>
   <source>读文件已停下。</source>
   <translation>Reading was stopped.</translation>
  </message>
  <message>
   <source>谁办过什么</source>
   <translation>Who had what</translation>
  </message>
  <message>
   <source>谁在</source>
   <translation>Who is there</translation>
  </message>
  <message>
   <source>谁在什么时候为什么看，会记入日志。</source>
   <translation>Who looked, when and why is kept in the log.</translation>
  </message>
  <message>
   <source>谁的</source>
   <translation>Whose</translation>
  </message>
  <message>
   <source>谁的办件</source>
   <translation>Whose cases</translation>
  </message>
  <message>
   <source>谁看过完整号码</source>
   <translation>Who looked at the full number</translation>
  </message>
  <message>
   <source>谁转的</source>
   <translation>Who</translation>
  </message>
  <message>
   <source>谢谢您的评价，已记录。</source>
   <translation>Thank you; your rating is recorded.</translation>
  </message>
  <message>
   <source>账号 %1（窗口）、%2（监察），密码同上</source>
   <translation>Accounts %1 (window), %2 (supervision), the same password</translation>
  </message>
  <message>
   <source>账号(&amp;A)</source>
   <translation>Account(&amp;A)</translation>
  </message>
  <message>
   <source>账号“%1”已经有了。</source>
   <translation>The account “%1” exists already.</translation>
  </message>
  <message>
   <source>账号已停用，数据的钥匙还没有换成：磁盘满了或不能写。</source>
   <translation>The account is closed, but the key of the data could not be changed: the disk is full or cannot be written.</translation>
  </message>
  <message>
   <source>账号或密码不对。</source>
   <translation>Wrong account or password.</translation>
  </message>
  <message>
   <source>账号文件</source>
   <translation>The file of accounts</translation>
  </message>
  <message>
   <source>账号文件%1，已改用%2%3。数据没有改动。</source>
   <translation>The account file %1; taken instead: %2%3. The data is unchanged.</translation>
  </message>
  <message>
   <source>账号文件在每份备份里、在复制过这个文件夹的盘上都有：插上那个盘，用“用备份恢复”找到它，数据就能接着用。</source>
   <translation>Every backup has the account file, and so has every disk to which this folder was copied: plug it in and find it with “Restore from a backup”; then you can go on with the data.</translation>
  </message>
  <message>
   <source>账号文件坏了或不见了，也没有可用的副本。</source>
   <translation>The account file is broken or gone, and no copy of it is good.</translation>
  </message>
  <message>
   <source>账号文件读不出，没有它打不开数据库。</source>
   <translation>The account file cannot be read; without it the database does not open.</translation>
  </message>
  <message>
   <source>账号文件里%1的账号不是本机写的样子：坏了，或有人动过。</source>
   <translation>The account of %1 in the accounts file is not as this PC wrote it: it is damaged, or somebody changed it.</translation>
  </message>
  <message>
   <source>账号没有改：磁盘满了或不能写。</source>
   <translation>The account was not changed: the disk is full or cannot be written.</translation>
  </message>
  <message>
   <source>账号用 2 到 30 个小写字母或数字，如 suhe。</source>
   <translation>An account has 2 to 30 small letters or digits, such as suhe.</translation>
  </message>
  <message>
   <source>贵州省</source>
   <translation>Guizhou</translation>
  </message>
  <message>
   <source>赶时限</source>
   <translation>Hurry</translation>
  </message>
  <message>
   <source>超期</source>
   <translation>Overdue</translation>
  </message>
  <message>
   <source>超过 %1 件</source>
   <translation>more than %1</translation>
  </message>
  <message>
   <source>跟随系统</source>
   <translation>As the system</translation>
  </message>
  <message>
   <source>身份证、居住证、永居证</source>
   <translation>Identity or residence card</translation>
  </message>
  <message>
   <source>身份证号码里没有%1：应为 17 位数字加一位数字或 X%2。%3</source>
   <translation>No identity number holds %1: it is 17 digits and one digit or X%2. %3</translation>
  </message>
  <message>
   <source>转交草稿</source>
   <translation>Draft passed on</translation>
  </message>
  <message>
   <source>转到别的窗口</source>
   <translation>Pass to another window</translation>
  </message>
  <message>
   <source>转到别的窗口(&amp;D)</source>
   <translation>Pass on(&amp;D)</translation>
  </message>
  <message>
   <source>转报一个申请</source>
   <translation>Pass on a request</translation>
  </message>
  <message>
   <source>转报一个申请(&amp;N)</source>
   <translation>Pass on a request (&amp;N)</translation>
  </message>
  <message>
   <source>转报中心</source>
   <translation>Pass on to the centre</translation>
  </message>
  <message>
   <source>转来</source>
   <translation>Passed on</translation>
  </message>
  <message>
   <source>转来的草稿</source>
   <translation>Drafts passed on</translation>
  </message>
  <message>
   <source>转给 %1</source>
   <translation>to %1</translation>
  </message>
  <message>
   <source>转给别的窗口</source>
   <translation>Pass to another window</translation>
  </message>
  <message>
   <source>转给本窗口的</source>
   <translation>Passed to this window</translation>
  </message>
  <message>
   <source>转给窗口</source>
   <translation>Passed to a window</translation>
  </message>
  <message>
   <source>转给窗口(&amp;D)</source>
   <translation>Pass on(&amp;D)</translation>
  </message>
  <message>
   <source>转过去</source>
   <translation>Pass on</translation>
  </message>
  <message>
   <source>转送村里的U盘</source>
   <translation>Carry a village's stick</translation>
  </message>
  <message>
   <source>转送村里的U盘(&amp;U)</source>
   <translation>Carry a village's stick (&amp;U)</translation>
  </message>
  <message>
   <source>转送的包</source>
   <translation>Carried package</translation>
  </message>
  <message>
   <source>转送的包与文件大小不符，不予接收。</source>
   <translation>The carried package does not fit the sizes of its files and was not taken.</translation>
  </message>
  <message>
   <source>转送的包断了，不予接收。</source>
   <translation>The carried package is cut off and was not taken.</translation>
  </message>
  <message>
   <source>转送的文件名不能用，不予接收。</source>
   <translation>A carried file has a name that cannot be used; nothing was taken.</translation>
  </message>
  <message>
   <source>转送的文件太多，本机存不下了，请先同步。</source>
   <translation>Too many files wait to be carried: there is no room for more. Sync first.</translation>
  </message>
  <message>
   <source>辽宁省</source>
   <translation>Liaoning</translation>
  </message>
  <message>
   <source>近 12 个月</source>
   <translation>Last 12 months</translation>
  </message>
  <message>
   <source>近 30 天</source>
   <translation>Last 30 days</translation>
  </message>
  <message>
   <source>近 30 天没有人输错密码。</source>
   <translation>No wrong password in the last 30 days.</translation>
  </message>
  <message>
   <source>近 30 天输错密码：%1</source>
   <translation>Wrong passwords in the last 30 days: %1</translation>
  </message>
  <message>
   <source>近 7 天</source>
   <translation>Last 7 days</translation>
  </message>
  <message>
   <source>近一年</source>
   <translation>Last year</translation>
  </message>
  <message>
   <source>返回(&amp;Q)</source>
   <translation>Back(&amp;Q)</translation>
  </message>
  <message>
   <source>还剩</source>
   <translation>Left</translation>
  </message>
  <message>
   <source>还剩 %1 个工作日</source>
   <translation>%1 working days left</translation>
  </message>
  <message>
   <source>还剩 %1 天</source>
   <translation>%1 days left</translation>
  </message>
  <message>
   <source>还差：</source>
   <translation>Still missing: </translation>
  </message>
  <message>
   <source>还想说的话（可不填）(&amp;W)</source>
   <translation>Anything else to say (optional)(&amp;W)</translation>
  </message>
  <message>
   <source>还有 %1 个评价没有显示。</source>
   <translation>%1 more are not shown yet.</translation>
  </message>
  <message>
   <source>还有 %1 处要改，没有登记。</source>
   <translation>%1 places to mend; nothing was registered.</translation>
  </message>
  <message>
   <source>还有 %1 处要改：</source>
   <translation>%1 places to mend:</translation>
  </message>
  <message>
   <source>还有 %1 张图片在原来的窗口，两台电脑互通时就到；等不及的请重新拍。</source>
   <translation>Pictures still at the other PC: %1. They come when the two PCs meet; take again what cannot wait.</translation>
  </message>
  <message>
   <source>还有 %1 张图片没写上：%2</source>
   <translation>%1 pictures were not written: %2</translation>
  </message>
  <message>
   <source>还有 %1 行要改。第 %2 行：%3</source>
   <translation>%1 rows to mend. Row %2: %3</translation>
  </message>
  <message>
   <source>还有 %1 行要改，没有登记。</source>
   <translation>%1 rows to mend; nothing was registered.</translation>
  </message>
  <message>
   <source>还有 %1 项，再打几个字</source>
   <translation>%1 more; type a few more letters</translation>
  </message>
  <message>
   <source>还有问题没有回答。</source>
   <translation>There are questions without an answer.</translation>
  </message>
  <message>
   <source>还没有</source>
   <translation>not yet</translation>
  </message>
  <message>
   <source>还没有%1的密钥，不能把草稿封给它。</source>
   <translation>The key of %1 is not here yet: the draft cannot be sealed to it.</translation>
  </message>
  <message>
   <source>还没有了结的办件。</source>
   <translation>No case has ended yet.</translation>
  </message>
  <message>
   <source>还没有信封。</source>
   <translation>No envelope yet.</translation>
  </message>
  <message>
   <source>还没有入网</source>
   <translation>Not enrolled yet</translation>
  </message>
  <message>
   <source>还没有入网，以后在“设置”里填入网码。</source>
   <translation>Not enrolled yet; enter the code in Settings later.</translation>
  </message>
  <message>
   <source>还没有写过。</source>
   <translation>None was written yet.</translation>
  </message>
  <message>
   <source>还没有办件。</source>
   <translation>No case yet.</translation>
  </message>
  <message>
   <source>还没有办件。有人来办事时，按 Ctrl+N 登记。</source>
   <translation>No case yet. When someone comes, press Ctrl+N.</translation>
  </message>
  <message>
   <source>还没有办过事。</source>
   <translation>Nothing yet.</translation>
  </message>
  <message>
   <source>还没有勾选补来的材料。</source>
   <translation>No material was ticked.</translation>
  </message>
  <message>
   <source>还没有同步</source>
   <translation>Not synced yet</translation>
  </message>
  <message>
   <source>还没有同步过。</source>
   <translation>No sync yet.</translation>
  </message>
  <message>
   <source>还没有备份。每天第一次打开时自动备份。</source>
   <translation>No backup yet. One is made each day when the desk is opened.</translation>
  </message>
  <message>
   <source>还没有导入过。</source>
   <translation>Nothing was imported yet.</translation>
  </message>
  <message>
   <source>还没有打印过文书。</source>
   <translation>No paper was printed yet.</translation>
  </message>
  <message>
   <source>还没有打开。</source>
   <translation>Nothing was opened yet.</translation>
  </message>
  <message>
   <source>还没有找到备份。请插上U盘或旧硬盘，点“到U盘或别的文件夹找”。</source>
   <translation>No backup was found yet. Plug in the stick or the old disk and look there.</translation>
  </message>
  <message>
   <source>还没有找到这台电脑。</source>
   <translation>This PC was not found yet.</translation>
  </message>
  <message>
   <source>还没有找到这台电脑：请在那台电脑的“同步”页也打开“大厅”互通，或在下面填它的地址。</source>
   <translation>This PC was not found yet: switch the hall on there too (Sync page, Hall), or type its address below.</translation>
  </message>
  <message>
   <source>还没有收下过村里的信封。</source>
   <translation>No village's envelope was taken over yet.</translation>
  </message>
  <message>
   <source>还没有收到下属村的办件。</source>
   <translation>No case of the villages has come yet.</translation>
  </message>
  <message>
   <source>还没有收到下属村的办件。请先与中心同步一次。</source>
   <translation>No case of the villages has come yet. Please sync with the centre once.</translation>
  </message>
  <message>
   <source>还没有收到村里终端的公钥，没有核对码</source>
   <translation>The village's public key has not come yet: code not checked</translation>
  </message>
  <message>
   <source>还没有新电脑来取。</source>
   <translation>No new PC has asked yet.</translation>
  </message>
  <message>
   <source>还没有显示。</source>
   <translation>It is not shown yet.</translation>
  </message>
  <message>
   <source>还没有登记过名册。</source>
   <translation>No roll was taken in yet.</translation>
  </message>
  <message>
   <source>还没有登记，填好的内容都在。</source>
   <translation>Not registered yet; everything typed is here.</translation>
  </message>
  <message>
   <source>还没有补来</source>
   <translation>not brought yet</translation>
  </message>
  <message>
   <source>还没有转送的文件都在本机。</source>
   <translation>Files that were not carried yet are on this computer.</translation>
  </message>
  <message>
   <source>还没有送件记录。</source>
   <translation>No trip yet.</translation>
  </message>
  <message>
   <source>还没有选用哪一份。</source>
   <translation>No backup is chosen yet.</translation>
  </message>
  <message>
   <source>这 %1 户也再登记一次</source>
   <translation>Register these %1 households once more too</translation>
  </message>
  <message>
   <source>这一份不是写给本机的，没有收。</source>
   <translation>This is not for this PC; it was not taken.</translation>
  </message>
  <message>
   <source>这一处已经核对过了。</source>
   <translation>This one was looked into already.</translation>
  </message>
  <message>
   <source>这一张已经有了。</source>
   <translation>This one is here already.</translation>
  </message>
  <message>
   <source>这一页已经登记过，收件号尾号 %1，没有再登记一次。</source>
   <translation>This page was registered before, intake number ending in %1; it was not registered again.</translation>
  </message>
  <message>
   <source>这一项现在不能更正，状态可能刚刚变了。</source>
   <translation>This cannot be corrected now; the state may just have changed.</translation>
  </message>
  <message>
   <source>这不像是邻窗电脑的地址。</source>
   <translation>This does not look like the address of another window.</translation>
  </message>
  <message>
   <source>这不是%1，或超过大小上限。</source>
   <translation>This is not a %1, or it is too large.</translation>
  </message>
  <message>
   <source>这不是代办台的数据包。</source>
   <translation>This is no package of Daiban Desk.</translation>
  </message>
  <message>
   <source>这不是代办台的更新文件，或者没有拷全。</source>
   <translation>This is no update file of Daiban Desk, or it was not copied whole.</translation>
  </message>
  <message>
   <source>这不是代办收件回执上的码，或没有扫全。请对准整个码再扫一次。</source>
   <translation>This is not the code of a receipt, or not all of it. Please scan the whole code again.</translation>
  </message>
  <message>
   <source>这不是信封上的码或封装号。</source>
   <translation>This is no code or number of an envelope.</translation>
  </message>
  <message>
   <source>这不是忘记密码的申请文件，或文件坏了。</source>
   <translation>This is no request file for a forgotten password, or it is damaged.</translation>
  </message>
  <message>
   <source>这不是忘记密码的答复文件。</source>
   <translation>This is no answer file for a forgotten password.</translation>
  </message>
  <message>
   <source>这不是本机的代办点，也不是下属村。</source>
   <translation>This is neither this desk's point nor a village below it.</translation>
  </message>
  <message>
   <source>这不是终端的找回密钥。</source>
   <translation>This is no recovery key of a desk.</translation>
  </message>
  <message>
   <source>这两条已经核对过，以先核对的为准</source>
   <translation>these two were settled before, and that counts</translation>
  </message>
  <message>
   <source>这个事项所用的时限规则还没有收到，法定时限不知道，请问中心的目录编辑。</source>
   <translation>The legal clocks of this matter have not been received, so its legal limit is not known: ask the centre's catalogue editor.</translation>
  </message>
  <message>
   <source>这个事项没有下放给本苏木乡镇，不能调整。</source>
   <translation>This item was not devolved to this township and cannot be adjusted.</translation>
  </message>
  <message>
   <source>这个事项没有下放给苏木乡镇，不能调整。</source>
   <translation>This item was not devolved to townships and cannot be adjusted.</translation>
  </message>
  <message>
   <source>这个事项还没有登记过名册。可以取表格或取办事人。</source>
   <translation>There is no earlier roll of this item. Take a spreadsheet or the people in the book.</translation>
  </message>
  <message>
   <source>这个信封不是本苏木乡镇的村封的。</source>
   <translation>No village of this township closed this envelope.</translation>
  </message>
  <message>
   <source>这个信封已经收过了。</source>
   <translation>This envelope was taken over already.</translation>
  </message>
  <message>
   <source>这个信封已经核对过。</source>
   <translation>This envelope was settled already.</translation>
  </message>
  <message>
   <source>这个信封的状态刚刚变了。</source>
   <translation>The state of this envelope has just changed.</translation>
  </message>
  <message>
   <source>这个地址上的不是发入网码的那个中心。</source>
   <translation>What answers at this address is not the centre that gave the code.</translation>
  </message>
  <message>
   <source>这个地址上的不是本大厅的窗口，没有交换任何内容。</source>
   <translation>What answers at this address is no window of this hall. Nothing was exchanged.</translation>
  </message>
  <message>
   <source>这个地址上的不是那个窗口：核对码对不上。</source>
   <translation>Who answers at this address is not that window: the code does not fit.</translation>
  </message>
  <message>
   <source>这个密码是别人设的，只能用一次。</source>
   <translation>Somebody else chose this password; it works once only.</translation>
  </message>
  <message>
   <source>这个数据包是封给别的单位的，本机打不开。</source>
   <translation>This package is sealed to someone else; this machine cannot open it.</translation>
  </message>
  <message>
   <source>这个文件不是图片（JPG、PNG）、PDF 或 OFD。</source>
   <translation>This file is no picture (JPG, PNG), PDF or OFD.</translation>
  </message>
  <message>
   <source>这个文件夹里已经有一个代办台。</source>
   <translation>There is a desk in this folder already.</translation>
  </message>
  <message>
   <source>这个文件夹里没有找到备份。</source>
   <translation>No backup was found in this folder.</translation>
  </message>
  <message>
   <source>这个文件夹里没有能用的备份。</source>
   <translation>There is no good backup in this folder.</translation>
  </message>
  <message>
   <source>这个程序不是安装包里的，不用更新文件。</source>
   <translation>This program does not come from a package and takes no update files.</translation>
  </message>
  <message>
   <source>这个窗口不在本点的名单里，或已停用。</source>
   <translation>This window is not on this point's list, or was revoked.</translation>
  </message>
  <message>
   <source>这个窗口说的中心与先前取回时的不是一个。</source>
   <translation>This window names another centre than the one of the earlier fetch.</translation>
  </message>
  <message>
   <source>这个答复打不开正在使用的数据。</source>
   <translation>This answer does not open the data in use.</translation>
  </message>
  <message>
   <source>这个答复码打不开本机。</source>
   <translation>This answer code does not open this computer.</translation>
  </message>
  <message>
   <source>这个表格加了密码，读不出来。</source>
   <translation>The table has a password and cannot be read.</translation>
  </message>
  <message>
   <source>这个账号已经停用，不能再打开。</source>
   <translation>This account was closed and opens nothing any more.</translation>
  </message>
  <message>
   <source>这个账号的密码已连续输错 %1 次，请过 %2再试。</source>
   <translation>The password of this account was wrong %1 times in a row; try again in %2.</translation>
  </message>
  <message>
   <source>这些字本机字体没有，纸上印作〓，请手写补上：%1</source>
   <translation>No font here has these characters; they are printed as 〓, write them in by hand: %1</translation>
  </message>
  <message>
   <source>这些户怎么办(&amp;D)</source>
   <translation>What about these households (&amp;D)</translation>
  </message>
  <message>
   <source>这些收件号别的电脑可能也用过，请给申请人换发回执：%1。</source>
   <translation>Another computer may have given these intake numbers too; please give the applicants new receipts: %1.</translation>
  </message>
  <message>
   <source>这些格子留空，先取别的</source>
   <translation>Leave these cells empty and take the rest</translation>
  </message>
  <message>
   <source>这件事须本人到场。约好日子，带齐材料，少跑一趟。</source>
   <translation>This needs the person to come. Agree on a day and bring everything: one trip less.</translation>
  </message>
  <message>
   <source>这件事须本人到场办理，代办点不能收件。可打印服务指南，告知要带的材料。</source>
   <translation>This needs the person to come; the point cannot take it in. Print the guide and tell them what to bring.</translation>
  </message>
  <message>
   <source>这件办件不归本中心办理，本级只能查看。</source>
   <translation>This case is not this centre's to handle; it can only be looked at here.</translation>
  </message>
  <message>
   <source>这件办件不是别的窗口转来的。</source>
   <translation>No other window passed this case on.</translation>
  </message>
  <message>
   <source>这件办件已了结（%1），不用再转。</source>
   <translation>This case has ended (%1); there is nothing to pass on.</translation>
  </message>
  <message>
   <source>这件办件已经在%1。</source>
   <translation>This case is at %1 already.</translation>
  </message>
  <message>
   <source>这件办件已经评价过，一件只评一次。</source>
   <translation>This case was rated already; a case is rated once.</translation>
  </message>
  <message>
   <source>这件办件没有送到任何中心，中心的记录不生效</source>
   <translation>This case was sent to no centre; the centre's record of it is not in force</translation>
  </message>
  <message>
   <source>这件办件没有送到这个中心，它的记录不生效</source>
   <translation>This case did not come to that centre; what it writes of it is not in force</translation>
  </message>
  <message>
   <source>这件办件现在不能这样做，状态可能刚刚变了。</source>
   <translation>This cannot be done with this case now; its state may just have changed.</translation>
  </message>
  <message>
   <source>这件办件由下级中心（%1）办理，上级的记录不生效</source>
   <translation>This case is handled by the centre below (%1); what a level above writes of it is not in force</translation>
  </message>
  <message>
   <source>这件办件由旗县中心办理。</source>
   <translation>This case is handled by the banner's centre.</translation>
  </message>
  <message>
   <source>这件办件还没有办完，办完以后再评价。</source>
   <translation>This case is not done with yet; rate it when it is.</translation>
  </message>
  <message>
   <source>这份备份也坏了，没有用它。</source>
   <translation>This backup is damaged, too; it was not used.</translation>
  </message>
  <message>
   <source>这份备份打不开：已经坏了，或是别的电脑的。</source>
   <translation>This backup does not open: it is damaged, or another computer's.</translation>
  </message>
  <message>
   <source>这份纸在本机，没有丢失。</source>
   <translation>The paper is on this PC, nothing is lost.</translation>
  </message>
  <message>
   <source>这份纸没有留底，不能从这里再印。</source>
   <translation>No copy of this paper is kept; it cannot be printed from here.</translation>
  </message>
  <message>
   <source>这份草稿不是封给本窗口的，打不开。</source>
   <translation>This draft is not sealed to this window and cannot be opened.</translation>
  </message>
  <message>
   <source>这份草稿已经有人接手，或已经退回、收回。</source>
   <translation>Somebody took this draft up, sent it back or took it back already.</translation>
  </message>
  <message>
   <source>这台新电脑选的不是本代办点，没有理会。</source>
   <translation>This new PC chose another point; it was not heeded.</translation>
  </message>
  <message>
   <source>这台电脑上有办件数据，但打开它的账号文件（vault.json）坏了或不见了，旁边也没有可用的副本。数据没有改动。</source>
   <translation>There is case data on this computer, but the account file that opens it (vault.json) is broken or gone, and no copy of it is good. The data is unchanged.</translation>
  </message>
  <message>
   <source>这台电脑上还没有代办台。</source>
   <translation>There is no desk on this computer yet.</translation>
  </message>
  <message>
   <source>这台电脑不能用电话里的答复码打开。</source>
   <translation>This computer cannot be opened with an answer code by telephone.</translation>
  </message>
  <message>
   <source>这台电脑入网以后还没有留下找回密码的办法。</source>
   <translation>This computer has left no way to recover a password since it was enrolled.</translation>
  </message>
  <message>
   <source>这台电脑没有别的打印机。</source>
   <translation>This computer has no other printer.</translation>
  </message>
  <message>
   <source>这台电脑的上网代理设置用不了（%1），没有连接中心。</source>
   <translation>The proxy settings of this computer cannot be used (%1); the centre was not contacted.</translation>
  </message>
  <message>
   <source>这台电脑的账号文件是旧版本做的，电话里办不了，请用U盘。</source>
   <translation>The account file of this computer was made by an older version; this cannot be done by telephone, please use a USB stick.</translation>
  </message>
  <message>
   <source>这台电脑的防火墙还没有放行：邻窗可能找不到本机，本机仍能去找邻窗。关掉再打开互通时请在系统的提问里点“是”，或请管理员放行端口 %1（TCP 和 UDP）。</source>
   <translation>The firewall of this PC does not let others in yet: they may not find it, while it still finds them. Switch the hall off and on again and answer Yes to Windows, or ask your administrator to open port %1 (TCP and UDP).</translation>
  </message>
  <message>
   <source>这台终端已被中心停用，请与中心联系。</source>
   <translation>The centre has closed this desk; please contact it.</translation>
  </message>
  <message>
   <source>这台终端已被停用。</source>
   <translation>This desk was revoked.</translation>
  </message>
  <message>
   <source>这台终端没有在等同意，或本机自己还在等。</source>
   <translation>That desk is not waiting, or this one is waiting itself.</translation>
  </message>
  <message>
   <source>这台终端的日志与中心已有的不一致（可能恢复过旧备份）。</source>
   <translation>This desk's log differs from what the centre has (an old backup may have been restored).</translation>
  </message>
  <message>
   <source>这台终端还不能查看本点以往记录。</source>
   <translation>This desk may not read the point's past yet.</translation>
  </message>
  <message>
   <source>这封信不是写给本机的，没有收。</source>
   <translation>This letter is not for this PC; it was not taken.</translation>
  </message>
  <message>
   <source>这就是本窗口。</source>
   <translation>This is this window.</translation>
  </message>
  <message>
   <source>这张图片不在本机。</source>
   <translation>This picture is not on this machine.</translation>
  </message>
  <message>
   <source>这张图片在另一个窗口拍的，还没有到本机，已去取。</source>
   <translation>This picture was taken at another window and is not here yet; it has been asked for.</translation>
  </message>
  <message>
   <source>这张图片已损坏。</source>
   <translation>This picture is damaged.</translation>
  </message>
  <message>
   <source>这张字图不能用。</source>
   <translation>This picture of a character cannot be used.</translation>
  </message>
  <message>
   <source>这是 15 位的老号码，一代证已停用。换成 18 位是 %1，请对照户口簿核对后填写。</source>
   <translation>This is an old number of 15 digits, no longer valid. With 18 digits it is %1: compare it with the household register, then enter it.</translation>
  </message>
  <message>
   <source>这是 2003 年的 XML 表格，读不出来。</source>
   <translation>This is an XML table of 2003 and cannot be read.</translation>
  </message>
  <message>
   <source>这是 ODS 表格，读不出来。</source>
   <translation>This is an ODS table and cannot be read.</translation>
  </message>
  <message>
   <source>这是 PDF，不是表格。</source>
   <translation>This is a PDF, no table.</translation>
  </message>
  <message>
   <source>这是从源代码运行的，用 git 更新；安装包里的程序可以用U盘更新。</source>
   <translation>This runs from source and is updated with git; a program from a package can be updated by USB stick.</translation>
  </message>
  <message>
   <source>这是别的代办点的终端名单，没有收。</source>
   <translation>This is another point's list of desks; not taken.</translation>
  </message>
  <message>
   <source>这是压缩包。</source>
   <translation>This is an archive.</translation>
  </message>
  <message>
   <source>这是压缩包，不是表格。</source>
   <translation>This is an archive, no table.</translation>
  </message>
  <message>
   <source>这是同一条记录。</source>
   <translation>This is the same record.</translation>
  </message>
  <message>
   <source>这是图片，不是表格。</source>
   <translation>This is a picture, no table.</translation>
  </message>
  <message>
   <source>这是文字文档，不是表格。</source>
   <translation>This is a text document, no table.</translation>
  </message>
  <message>
   <source>这是最后一个账号，停用后谁也打不开。</source>
   <translation>This is the last account; once closed, nobody could open the desk.</translation>
  </message>
  <message>
   <source>这是照片，不是表格。</source>
   <translation>This is a photograph, no table.</translation>
  </message>
  <message>
   <source>这是统一社会信用代码，请把证件种类改成“统一社会信用代码（单位）”。</source>
   <translation>This is a unified social credit code; choose that kind of paper.</translation>
  </message>
  <message>
   <source>这期间等补正、特别程序的日子不计：</source>
   <translation>Days of waiting and special procedures do not count: </translation>
  </message>
  <message>
   <source>这本名册已经撤销过了。</source>
   <translation>This roll was undone already.</translation>
  </message>
  <message>
   <source>这条记录太大，不能保存。</source>
   <translation>This record is too large to keep.</translation>
  </message>
  <message>
   <source>这条记录没有并入别人名下。</source>
   <translation>This record is not merged into another.</translation>
  </message>
  <message>
   <source>这次办事，您满意吗？</source>
   <translation>Were you satisfied this time?</translation>
  </message>
  <message>
   <source>这次导入已经撤销过了。</source>
   <translation>This import was undone before.</translation>
  </message>
  <message>
   <source>这次接手已经交还过。</source>
   <translation>This was given back already.</translation>
  </message>
  <message>
   <source>这里没有比 %1 新、适合这台电脑的更新文件。</source>
   <translation>Nothing here is newer than %1 and fits this computer.</translation>
  </message>
  <message>
   <source>这里的记录中没有。</source>
   <translation>Nothing in the records here.</translation>
  </message>
  <message>
   <source>进入审查</source>
   <translation>Review began</translation>
  </message>
  <message>
   <source>进入特别程序</source>
   <translation>Special procedure began</translation>
  </message>
  <message>
   <source>进度</source>
   <translation>Progress</translation>
  </message>
  <message>
   <source>连上网络后再点“立即同步”；不急的话，程序联网后会自己再试。</source>
   <translation>Press “Sync now” once there is a network; otherwise the program tries again by itself.</translation>
  </message>
  <message>
   <source>连不上中心：没有网络、地址不对或中心没有开机。</source>
   <translation>The centre cannot be reached: no network, a wrong address, or it is switched off.</translation>
  </message>
  <message>
   <source>连不上屏幕，窗口打不开。数据没有改动。请在这台电脑的桌面上打开代办台；远程登录的，先接好屏幕再打开。</source>
   <translation>No display can be reached, so the window cannot open. No data was changed. Open Daiban Desk on the desktop of this computer; over a remote line, connect the display first.</translation>
  </message>
  <message>
   <source>连接旗中心</source>
   <translation>Connect to the banner centre</translation>
  </message>
  <message>
   <source>连续办理</source>
   <translation>Same person next</translation>
  </message>
  <message>
   <source>连续办理(&amp;J)</source>
   <translation>Same person next(&amp;J)</translation>
  </message>
  <message>
   <source>退件</source>
   <translation>Returned</translation>
  </message>
  <message>
   <source>退出</source>
   <translation>Quit</translation>
  </message>
  <message>
   <source>退出(&amp;S)</source>
   <translation>Quit(&amp;S)</translation>
  </message>
  <message>
   <source>退回</source>
   <translation>Sent back</translation>
  </message>
  <message>
   <source>退回(&amp;B)</source>
   <translation>Send back(&amp;B)</translation>
  </message>
  <message>
   <source>退回的原因</source>
   <translation>why it goes back</translation>
  </message>
  <message>
   <source>退回的原因(&amp;R)</source>
   <translation>Why it goes back(&amp;R)</translation>
  </message>
  <message>
   <source>退回的原因（会记入办件经过）(&amp;R)</source>
   <translation>Why it goes back (kept in the history)(&amp;R)</translation>
  </message>
  <message>
   <source>退回给转来的窗口</source>
   <translation>Send back to the window it came from</translation>
  </message>
  <message>
   <source>退回草稿</source>
   <translation>Draft sent back</translation>
  </message>
  <message>
   <source>退回转来的窗口(&amp;X)</source>
   <translation>Send back(&amp;X)</translation>
  </message>
  <message>
   <source>送中心</source>
   <translation>At the centre</translation>
  </message>
  <message>
   <source>送件</source>
   <translation>Trips</translation>
  </message>
  <message>
   <source>送件日</source>
   <translation>Days of driving papers</translation>
  </message>
  <message>
   <source>送件登记</source>
   <translation>Trips</translation>
  </message>
  <message>
   <source>送件的日子还没到。</source>
   <translation>The day of the trip is still to come.</translation>
  </message>
  <message>
   <source>送出</source>
   <translation>Sending</translation>
  </message>
  <message>
   <source>送出 %1 条，收到 %2 条。</source>
   <translation>Sent %1, received %2.</translation>
  </message>
  <message>
   <source>送出图片</source>
   <translation>Sending pictures</translation>
  </message>
  <message>
   <source>送往</source>
   <translation>Sent to</translation>
  </message>
  <message>
   <source>送往哪里</source>
   <translation>where it goes</translation>
  </message>
  <message>
   <source>送达</source>
   <translation>Handed over</translation>
  </message>
  <message>
   <source>送达方式(&amp;H)</source>
   <translation>How it is served(&amp;H)</translation>
  </message>
  <message>
   <source>选U盘</source>
   <translation>Choose the stick</translation>
  </message>
  <message>
   <source>选中心给的U盘</source>
   <translation>Choose the stick from the centre</translation>
  </message>
  <message>
   <source>选图片</source>
   <translation>Choose pictures</translation>
  </message>
  <message>
   <source>选文件(&amp;F)</source>
   <translation>Choose files(&amp;F)</translation>
  </message>
  <message>
   <source>选文件夹</source>
   <translation>Choose folder</translation>
  </message>
  <message>
   <source>选文件夹(&amp;C)</source>
   <translation>Choose a folder(&amp;C)</translation>
  </message>
  <message>
   <source>选村里的U盘</source>
   <translation>Choose the village's stick</translation>
  </message>
  <message>
   <source>选照片</source>
   <translation>Choose a photograph</translation>
  </message>
  <message>
   <source>选第二个地方</source>
   <translation>Choose a second place</translation>
  </message>
  <message>
   <source>选表格</source>
   <translation>Choose a table</translation>
  </message>
  <message>
   <source>选附件</source>
   <translation>Choose attachments</translation>
  </message>
  <message>
   <source>逗号</source>
   <translation>Comma</translation>
  </message>
  <message>
   <source>通办时限</source>
   <translation>Limits for other banners</translation>
  </message>
  <message>
   <source>通办时限没有写推送、寄出、寄回中的任何一项</source>
   <translation>the limits for other banners state neither push, post nor way back</translation>
  </message>
  <message>
   <source>通办：寄出纸质材料</source>
   <translation>Other banner: papers posted</translation>
  </message>
  <message>
   <source>通办：推送到办理地</source>
   <translation>Other banner: pushed there</translation>
  </message>
  <message>
   <source>通办：结果寄回</source>
   <translation>Other banner: result back</translation>
  </message>
  <message>
   <source>那个窗口坏了、没人时用：它手里在办的办件一次全部转到本窗口，别的窗口都看得到；它好了再一次交还。</source>
   <translation>For when that window is out of order or nobody is there: all its open cases come to this window at once, seen by all; once it works again they go back at once.</translation>
  </message>
  <message>
   <source>那个窗口已经接着填了。</source>
   <translation>That window goes on with it already.</translation>
  </message>
  <message>
   <source>那个窗口接着办，它的“大厅”和“今日”页上会看到，也可以退回来。</source>
   <translation>That window goes on with it: it is seen there on the pages Hall and Today, and can be sent back.</translation>
  </message>
  <message>
   <source>邮寄</source>
   <translation>By post</translation>
  </message>
  <message>
   <source>邻窗 %1 存的本机记录与本机的不一样：本机恢复过旧备份，或另一台电脑用着同一个终端编号。两边都留着，没有丢失；连上中心后本机会自动改用新编号。在那之前本机新收的件暂时不到邻窗。</source>
   <translation>Window %1 keeps other records of this PC than are here: an old backup came back, or another PC uses the same desk number. Both are kept, nothing is lost; once the centre is reached this PC takes a new number by itself. Until then new cases of this PC do not reach the other windows.</translation>
  </message>
  <message>
   <source>邻窗 %1 存的终端 %2 的记录与本机的不一样，两边都留着，暂不从邻窗收它的记录；连上中心后以中心的为准。</source>
   <translation>Window %1 keeps other records of desk %2 than are here. Both are kept, and nothing more of it is taken from other windows; once the centre is reached, the centre's count.</translation>
  </message>
  <message>
   <source>邻窗关于图片的来信</source>
   <translation>A neighbour's letter about pictures</translation>
  </message>
  <message>
   <source>邻窗屏幕上的核对码(&amp;K)</source>
   <translation>Code on the window's screen (&amp;K)</translation>
  </message>
  <message>
   <source>邻窗没有收，过一会儿再试。</source>
   <translation>The other window did not take it; it will be tried again later.</translation>
  </message>
  <message>
   <source>邻窗没有答出要的图片。</source>
   <translation>The neighbour did not answer for the pictures that were asked for.</translation>
  </message>
  <message>
   <source>邻窗电脑的地址(&amp;P)</source>
   <translation>Address of the other PC(&amp;P)</translation>
  </message>
  <message>
   <source>邻窗的回信里夹有别的文件。</source>
   <translation>The other window's answer holds other files.</translation>
  </message>
  <message>
   <source>邻窗的来信</source>
   <translation>Letter of a neighbouring window</translation>
  </message>
  <message>
   <source>邻窗的来信里夹有别的文件。</source>
   <translation>There were other files in what the neighbouring PC sent.</translation>
  </message>
  <message>
   <source>邻窗给新电脑的答复</source>
   <translation>The window's answer to a new PC</translation>
  </message>
  <message>
   <source>邻窗给的不是中心的回复。</source>
   <translation>What the other window gave is no answer of the centre.</translation>
  </message>
  <message>
   <source>邻窗给的图片不是要的那些，没有收。</source>
   <translation>The neighbour gave other pictures than those asked for; they were not taken.</translation>
  </message>
  <message>
   <source>邻窗给的图片没有尽头，没有收。</source>
   <translation>The neighbour's picture has no end; it was not taken.</translation>
  </message>
  <message>
   <source>邻窗说本机已被中心停用，没有交换任何内容。</source>
   <translation>The other window says that the centre revoked this PC. Nothing was exchanged.</translation>
  </message>
  <message>
   <source>邻窗还不认识本机：两台电脑各同步一次，或等任一台连上中心。</source>
   <translation>The other window does not know this PC yet: sync both once, or wait until one of them reaches the centre.</translation>
  </message>
  <message>
   <source>部件、部首加笔画，或码点</source>
   <translation>Parts, radical and strokes, or code point</translation>
  </message>
  <message>
   <source>部件：⿰氵其 或 氵其；部首加其余笔画：氵8；总笔画：12画；码点：U+20BB7</source>
   <translation>Parts: ⿰氵其 or 氵其; radical and other strokes: 氵8; all strokes: 12画; code point: U+20BB7</translation>
  </message>
  <message>
   <source>配偶</source>
   <translation>Spouse</translation>
  </message>
  <message>
   <source>配置文件</source>
   <translation>A file of settings</translation>
  </message>
  <message>
   <source>重复的表头</source>
   <translation>headings again</translation>
  </message>
  <message>
   <source>重庆市</source>
   <translation>Chongqing</translation>
  </message>
  <message>
   <source>重新留一份</source>
   <translation>Make another</translation>
  </message>
  <message>
   <source>锁上窗口</source>
   <translation>Lock the window</translation>
  </message>
  <message>
   <source>镇</source>
   <translation>town</translation>
  </message>
  <message>
   <source>镇（乡、街道）级</source>
   <translation>Sumu / township</translation>
  </message>
  <message>
   <source>问了谁、怎么回事(&amp;W)</source>
   <translation>Who was asked, what it was(&amp;W)</translation>
  </message>
  <message>
   <source>问题建议</source>
   <translation>Problems and proposals</translation>
  </message>
  <message>
   <source>附件</source>
   <translation>Attachments</translation>
  </message>
  <message>
   <source>附件列表</source>
   <translation>Attachments</translation>
  </message>
  <message>
   <source>附件最多 %1 个。</source>
   <translation>%1 attachments at most.</translation>
  </message>
  <message>
   <source>陕西省</source>
   <translation>Shaanxi</translation>
  </message>
  <message>
   <source>除延长审批之外的情况</source>
   <translation>Other than extended approval</translation>
  </message>
  <message>
   <source>随同步报出(&amp;S)</source>
   <translation>Hand in with the sync (&amp;S)</translation>
  </message>
  <message>
   <source>随名册一并收件，没有逐户询问</source>
   <translation>taken in with a roll, households were not asked one by one</translation>
  </message>
  <message>
   <source>隐藏的</source>
   <translation>hidden </translation>
  </message>
  <message>
   <source>隐藏的行</source>
   <translation>hidden row</translation>
  </message>
  <message>
   <source>需要时再导入一次。</source>
   <translation>Import again when needed.</translation>
  </message>
  <message>
   <source>需要时再点“全部登记”。</source>
   <translation>Press “Register all” again when you want.</translation>
  </message>
  <message>
   <source>需要时再点“立即同步”。</source>
   <translation>Press Sync now when you want to.</translation>
  </message>
  <message>
   <source>需要时再点“立即同步”，从停下的地方接着送。</source>
   <translation>Press “Sync now” when you want; it goes on where it stopped.</translation>
  </message>
  <message>
   <source>青海省</source>
   <translation>Qinghai</translation>
  </message>
  <message>
   <source>非常不满意</source>
   <translation>Very dissatisfied</translation>
  </message>
  <message>
   <source>非常满意</source>
   <translation>Very satisfied</translation>
  </message>
  <message>
   <source>页</source>
   <translation>pages</translation>
  </message>
  <message>
   <source>页内按钮：按住 Alt 再按带下划线的字母。</source>
   <translation>Buttons of a page: hold Alt and press the underlined letter.</translation>
  </message>
  <message>
   <source>顺延到 %1下班时；节假日表：%2。</source>
   <translation>Put off to the close of %1; holiday table: %2.</translation>
  </message>
  <message>
   <source>须本人到场</source>
   <translation>In person only</translation>
  </message>
  <message>
   <source>预审</source>
   <translation>Pre-check</translation>
  </message>
  <message>
   <source>预约了结</source>
   <translation>Visit ended</translation>
  </message>
  <message>
   <source>预约到场</source>
   <translation>Visit booked</translation>
  </message>
  <message>
   <source>预约到场(&amp;K)</source>
   <translation>Book a visit(&amp;K)</translation>
  </message>
  <message>
   <source>预约已取消。</source>
   <translation>The visit is called off.</translation>
  </message>
  <message>
   <source>预约并打印</source>
   <translation>Book and print</translation>
  </message>
  <message>
   <source>预约的日子已经过了。</source>
   <translation>That day is over.</translation>
  </message>
  <message>
   <source>领取人 *(&amp;N)</source>
   <translation>Taken by *(&amp;N)</translation>
  </message>
  <message>
   <source>领取人姓名</source>
   <translation>the name of whoever takes it</translation>
  </message>
  <message>
   <source>领取人当面核对后签字。可在下面手写，也可打印送达回证在纸上签。</source>
   <translation>Whoever takes it checks it and signs: below by hand, or on the printed certificate.</translation>
  </message>
  <message>
   <source>香港特别行政区</source>
   <translation>Hong Kong</translation>
  </message>
  <message>
   <source>验回执</source>
   <translation>Check a receipt</translation>
  </message>
  <message>
   <source>高拍仪保存图片的文件夹</source>
   <translation>Folder in which the document camera saves</translation>
  </message>
  <message>
   <source>高拍仪文件夹(&amp;G)</source>
   <translation>Camera folder(&amp;G)</translation>
  </message>
  <message>
   <source>高拍仪文件夹里没有新图片。文件夹在“设置”里选。</source>
   <translation>No new pictures in the camera's folder. The folder is chosen in Settings.</translation>
  </message>
  <message>
   <source>高拍仪有 %1 张新图，在材料的“图片”里取</source>
   <translation>%1 new pictures from the camera: take them under “Pictures” of a material</translation>
  </message>
  <message>
   <source>黑龙江省</source>
   <translation>Heilongjiang</translation>
  </message>
  <message>
   <source>（久未联系）</source>
   <translation> (silent)</translation>
  </message>
  <message>
   <source>（常用批量）</source>
   <translation> (often by roll)</translation>
  </message>
  <message>
   <source>（承诺时限 %1）</source>
   <translation> (promised limit %1)</translation>
  </message>
  <message>
   <source>（暂定）</source>
   <translation> (provisional)</translation>
  </message>
  <message>
   <source>（未填姓名）</source>
   <translation>(no name yet)</translation>
  </message>
  <message>
   <source>（未选事项）</source>
   <translation>(no item yet)</translation>
  </message>
  <message>
   <source>（示例）</source>
   <translation> (sample)</translation>
  </message>
  <message>
   <source>（空）</source>
   <translation>(empty)</translation>
  </message>
  <message>
   <source>（音近）</source>
   <translation> (sounds alike)</translation>
  </message>
  <message>
   <source>，%1 %2放假</source>
   <translation>, %1 free for %2</translation>
  </message>
  <message>
   <source>，%1 前补来</source>
   <translation>, to be brought by %1</translation>
  </message>
  <message>
   <source>，%1 条记录</source>
   <translation>, %1 entries</translation>
  </message>
  <message>
   <source>，%1 行没有收：</source>
   <translation>, %1 lines left out: </translation>
  </message>
  <message>
   <source>，上年有而今年没有 %1 户</source>
   <translation>, %1 of last year's missing</translation>
  </message>
  <message>
   <source>，共 %1 件</source>
   <translation>, %1 cases in all</translation>
  </message>
  <message>
   <source>，其中办件 %1 件：%2</source>
   <translation>, among them %1 cases: %2</translation>
  </message>
  <message>
   <source>，原件已退还</source>
   <translation>, original given back</translation>
  </message>
  <message>
   <source>，坏的另存为 %1</source>
   <translation>, the broken one lies as %1</translation>
  </message>
  <message>
   <source>，晚于最迟的日期</source>
   <translation>, after the latest day</translation>
  </message>
  <message>
   <source>，替农牧民少跑 %1 趟、%2 公里</source>
   <translation>, herders spared %1 trips, %2 km</translation>
  </message>
  <message>
   <source>，最早 %1</source>
   <translation>, oldest %1</translation>
  </message>
  <message>
   <source>，现在是 %1 位</source>
   <translation>; there are %1</translation>
  </message>
  <message>
   <source>，示例</source>
   <translation>, sample</translation>
  </message>
  <message>
   <source>，约 %1 kB</source>
   <translation>, about %1 kB</translation>
  </message>
  <message>
   <source>，约还要 %1 分钟</source>
   <translation>, about %1 min left</translation>
  </message>
  <message>
   <source>，约还要 %1 秒</source>
   <translation>, about %1 s left</translation>
  </message>
  <message>
   <source>，评价率 %1%</source>
   <translation>, %1% rated</translation>
  </message>
  <message>
   <source>，请问%1</source>
   <translation>, ask %1</translation>
  </message>
  <message>
   <source>，这里应按%1填</source>
   <translation>, here it should be in %1</translation>
  </message>
 </context>
</TS>

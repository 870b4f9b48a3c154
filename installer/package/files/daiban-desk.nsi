; 代办台 for Windows 10 and 11 (x64), for the person who runs it: no rights are asked for, nothing of the system is
; changed. /S installs and removes without a word. Data lie in %LOCALAPPDATA%\daiban-desk and are never touched.
Unicode true
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

Name "代办台"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\daiban-desk"
RequestExecutionLevel user
ManifestSupportedOS all
ManifestLongPathAware true
SetCompressor /SOLID lzma
Icon "${BUNDLE}\daiban.ico"
UninstallIcon "${BUNDLE}\daiban.ico"
VIProductVersion "${FOUR}"
VIAddVersionKey /LANG=2052 "ProductName" "代办台 Daiban Desk"
VIAddVersionKey /LANG=2052 "FileDescription" "代办台安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache-2.0"
LoadLanguageFile "${NSISDIR}/Contrib/Language files/SimpChinese.nlf"
Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

!define REFUSED 3 ; exit status: this Windows cannot run it, nothing was copied
!define OPEN 4    ; exit status: the program is open
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\daiban-desk"

!macro Refuse words
  MessageBox MB_OK|MB_ICONSTOP "${words}" /SD IDOK
  SetErrorLevel ${REFUSED}
  Quit
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro Refuse "这台电脑的 Windows 是 32 位的，代办台要 64 位的 Windows 10 或 11。什么都没有安装。$\r$\n$\r$\n电脑本身是 64 位的，可以改装 64 位的系统，或者装 UOS、Kylin、Debian；也可以把件交给能装的窗口办。"
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
    !insertmacro Refuse "这台电脑是 Windows 7 或 8，代办台要 Windows 10 或 11（64 位）。什么都没有安装。$\r$\n$\r$\n请升级系统，或者装 UOS、Kylin、Debian，它们在旧电脑上也跑得动；也可以把件交给能装的窗口办。"
  ${EndIf}
FunctionEnd

; A file that is in use cannot be opened for writing: then the program is open, or an antivirus is reading it.
!macro NotInUse un
Function ${un}NotInUse
  again:
  IfFileExists "$INSTDIR\python311.dll" 0 free
  ClearErrors
  FileOpen $0 "$INSTDIR\python311.dll" a
  IfErrors 0 close
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "代办台还开着，或者杀毒软件正在看它的文件。请关上代办台，再点“重试”。现在什么都没有改动。" /SD IDCANCEL IDRETRY again
  SetErrorLevel ${OPEN}
  Quit
  close:
  FileClose $0
  free:
FunctionEnd
!macroend
!insertmacro NotInUse ""
!insertmacro NotInUse "un."

; Data lie elsewhere; versions that updates brought are programs like this one.
!define UPDATES "$LOCALAPPDATA\daiban-desk-programs"

; What was copied is removed folder by folder, never the folder that somebody chose with whatever else lies in it.
!macro Ours
  RMDir /r "$INSTDIR\DLLs"
  RMDir /r "$INSTDIR\Lib"
  RMDir /r "$INSTDIR\share"
  Delete "$INSTDIR\python.exe"
  Delete "$INSTDIR\pythonw.exe"
  Delete "$INSTDIR\python3.dll"
  Delete "$INSTDIR\python311.dll"
  Delete "$INSTDIR\vcruntime140.dll"
  Delete "$INSTDIR\vcruntime140_1.dll"
  Delete "$INSTDIR\daiban.ico"
  Delete "$INSTDIR\daiban-desk.cmd"
!macroend

Section
  SetShellVarContext current
  Call NotInUse
  !insertmacro Ours
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\代办台.lnk" "$INSTDIR\pythonw.exe" "-I -X utf8 -m desk" "$INSTDIR\daiban.ico"
  WriteRegStr HKCU "${KEY}" "DisplayName" "代办台"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\daiban.ico"
  WriteRegStr HKCU "${KEY}" "Publisher" "Daiban Desk"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegStr HKCU "Software\Classes\.dbs" "" "daiban-desk.batch"
  WriteRegStr HKCU "Software\Classes\daiban-desk.batch" "" "代办台的交换文件"
  WriteRegStr HKCU "Software\Classes\.dbu" "" "daiban-desk.update"
  WriteRegStr HKCU "Software\Classes\daiban-desk.update" "" "代办台的更新文件"
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  Call un.NotInUse
  !insertmacro Ours
  RMDir /r "${UPDATES}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\代办台.lnk"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\Classes\.dbs"
  DeleteRegKey HKCU "Software\Classes\daiban-desk.batch"
  DeleteRegKey HKCU "Software\Classes\.dbu"
  DeleteRegKey HKCU "Software\Classes\daiban-desk.update"
SectionEnd

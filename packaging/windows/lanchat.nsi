; The installer for Windows: for one person, without administrator's rights. makensis -DVERSION=1.2.3 lanchat.nsi
Unicode true
!include "MUI2.nsh"
!include "FileFunc.nsh"

!ifndef VERSION
  !error "makensis -DVERSION=1.2.3"
!endif
!ifndef SOURCE
  !define SOURCE "..\..\dist\lanchat-folder"
!endif
!ifndef ICON
  !define ICON "..\..\build\generated\icons\lanchat.ico"
!endif
!ifndef OUTPUT
  !define OUTPUT "..\..\dist\LanChat-${VERSION}-setup.exe"
!endif

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\LanChat"
!define LINKS "Software\Classes\lanchat"
!define RULE "LanChat"

Name "LanChat"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\LanChat"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "LanChat"
VIAddVersionKey "FileDescription" "LanChat Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "LanChat contributors, MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\lanchat.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

LangString FIREWALL ${LANG_ENGLISH} "Let others on the local network join (asks for an administrator)"
LangString FIREWALL ${LANG_SIMPCHINESE} "允许局域网中的其他人加入（需要管理员确认）"
LangString RUNNING ${LANG_ENGLISH} "LanChat is still running. Close its window, then try again."
LangString RUNNING ${LANG_SIMPCHINESE} "LanChat 仍在运行。请先关闭它的窗口，然后重试。"

; A program that runs can't be replaced, and to stop it by force would cut off its guests.
!macro REFUSE_WHILE_RUNNING
  again:
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\lanchat.exe"
    FileOpen $0 "$INSTDIR\lanchat.exe" a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section "LanChat" Program
  SectionIn RO
  !insertmacro REFUSE_WHILE_RUNNING
  ; What an older version brought and a newer doesn't must not stay behind.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\LanChat.lnk" "$INSTDIR\lanchat.exe"

  WriteRegStr HKCU "${LINKS}" "" "URL:LanChat"
  WriteRegStr HKCU "${LINKS}" "URL Protocol" ""
  WriteRegStr HKCU "${LINKS}\DefaultIcon" "" "$INSTDIR\lanchat.exe,0"
  WriteRegStr HKCU "${LINKS}\shell\open\command" "" '"$INSTDIR\lanchat.exe" open "%1"'

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "LanChat"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\lanchat.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "LanChat contributors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

; Without the rule Windows asks at the first start, and a "no" there keeps everybody out for good.
Section /o "$(FIREWALL)" Firewall
  ExecShell "runas" "netsh" 'advfirewall firewall add rule name="${RULE}" dir=in action=allow profile=private,domain program="$INSTDIR\lanchat.exe" enable=yes' SW_HIDE
SectionEnd

; The data folder stays: removing the program must not remove what people said.
Section "Uninstall"
  !insertmacro REFUSE_WHILE_RUNNING
  Delete "$SMPROGRAMS\LanChat.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\lanchat.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${LINKS}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "LanChat"
SectionEnd

# What the Windows installer does beyond electron-builder's own script.

# SECURITY: Explorer keeps no name of a file of cases or of a board among the recent ones (FTA_NoRecentDocs). And the
# command has the program's path in quotes, which has a space in it.
!macro openedFile CLASS
  WriteRegDWORD SHELL_CONTEXT "Software\Classes\${CLASS}" "EditFlags" 0x00100000
  WriteRegStr SHELL_CONTEXT "Software\Classes\${CLASS}\shell\open\command" "" '"$appExe" "%1"'
!macroend

# The copy of itself that the installer leaves for an updater, which there is not.
!macro deleteInstallerCopy
  SetShellVarContext current
  Delete "$LOCALAPPDATA\${APP_INSTALLER_STORE_FILE}"
  RMDir "$LOCALAPPDATA\${APP_PACKAGE_NAME}-updater"
  ${if} $installMode == "all"
    SetShellVarContext all
  ${endif}
!macroend

# After electron-builder's own registration of the files, whose values these replace.
!macro customInstall
  !insertmacro openedFile "HG-NEN-Prognosis.Cases"
  !insertmacro openedFile "HG-NEN-Prognosis.Board"
  !insertmacro deleteInstallerCopy
!macroend

!macro customUnInstall
  !insertmacro deleteInstallerCopy
  # The switch removes the roaming profile's folder, where Electron would have put the data; ours stay on the computer, in
  # the local one. Without the switch nothing is removed: cases outlive the program.
  ClearErrors
  ${GetParameters} $R0
  ${GetOptions} $R0 "--delete-app-data" $R1
  ${ifNot} ${Errors}
    # "All users" would make it the folder with the administrator's policy.
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${PRODUCT_FILENAME}"
    ${if} $installMode == "all"
      SetShellVarContext all
    ${endif}
  ${endif}
!macroend

# What the Windows installer does beyond electron-builder's own script.

!macro customUnInstall
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

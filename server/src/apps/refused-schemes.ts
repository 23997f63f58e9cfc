/*
 * A scheme is an app's own when neither a browser nor an operating system nor software that many have installed gives it a
 * meaning: a redirect to one of those would start a program or show something else than the app.
 */

// Schemes of the web and the Internet, as registered with IANA or built into browsers.
const ofTheWeb = `about acap acct afp attachment bitcoin blob callto cap cid coap coaps content data dav davs dict dns ed2k ethereum
  feed file filesystem finger ftp ftps geo git go gopher gtalk h323 http+unix iax icap icon im imap imaps info ipfs
  ipns ipp ipps irc irc6 ircs jabber jar javascript lastfm ldap ldaps lightning livescript magnet mailto mid mms mocha
  msnim msrp mtqp mumble mupdate news nfs nntp oid opaquelocktoken package pkcs11 pop pop3 pres proxy psyc resource
  rmi rsync rtmp rtsp rtsps rtspu sftp sip sips sms smsto smtp snmp soap stun svn tag tel telnet tftp tip turn turns
  udp unreal upi urn vbscript view-source wais wc webcal wpid ws wss wtai wyciwyg xcon xmlrpc xmpp xri z39.50`

// Schemes by which operating systems and their parts are opened.
const ofSystems = `aaas admin ado android android-app app-prefs appinstaller applescript appstream apt bash bingmaps bingnews bingsports
  bingweather bluetooth burn calculator calendar calshow cmd com-apple computer contacts control-panel cortana dde
  desktop dhcp diagnostics dialer disk dmg documents downloads exec explorer facetime facetime-audio fb-messenger
  findmy fish flatpak fonts ghelp hcp health help home hypertalk ibooks ibooks-remote installer intent itms itms-apps
  itms-appss itms-beta itms-books itms-itunesu itms-services itmss itunes jnlp jnlps keychain kioclient knownfolder
  ldap-dir local macappstore macappstores mail mailnews man map mapi maps market message mhtml microsoft mk mmc mmst
  mmsu mobilenotes mobilephone ms msdt music musics nautilus network news nfc notes nxm onenote onenote-cmd outlook
  outlookfeed password passwords pcast photos photos-redirect podcast powershell prefs prefs-root python read recent
  regedit register reminders res rlogin run rundll rundll32 samsungapps savecalendar savecontact script search
  search-ms service settings shell shoebox shortcuts show smb sms-private snap snippet ssh steam sudo tapi tel-prompt
  telprompt terminal testflight tn3270 trash tv videos vmrc vnc voicememos wab wallet webcals windows windowsdefender
  winget wmp wmplayer workflow wscript wsh x-terminal xbox xdg-open zune`

// Schemes of software that many have, and that does what a link says.
const ofSoftware = `1password acrobat adobe aem-asset aftereffects airmail alipay alipays amznmpc androidstudio anydesk asana atom
  battlenet bbedit bear bitbucket bittorrent bitwarden blender bluejeans brave cashapp cashme cbwallet citrix
  citrixauthwebviewdone clion code-oss coinbase coinbasewallet cursor cyberduck dashlane deezer discord docker
  dreamweaver dropbox eadm eclipse element emacs epic evernote expressvpn fb fb-app fbapi figma filezilla firefox
  fleet foobar2000 fork gimp github github-mac github-windows gitkraken gitlab goggalaxy goland gotomeeting gotoopener
  heroic idea iina illustrator infuse insomnia instagram iterm iterm2 itunesradio jetbrains kaleidoscope keepassxc
  keybase kitty kodi krita lastpass ldaps ledgerlive line linear logmein lync mate matrix mattermost messenger
  metamask minecraft miro mongodb moonlight mpv mqq ms-teams msteams mvim mysql napster netbeans nordvpn notion nova
  nplayer obsidian okta openinsider openvpn opera origin origin2 parsec paypal phantom photoshop phpstorm plex
  postgres postgresql postman potplayer putty pycharm qbittorrent qobuz qq rdp receiver redis rider ringcentral roblox
  rocketchat rubymine rustdesk sgnl signal skype slack snapchat soundcloud sourcetree spark spotify subl sublime
  tableplus tailscale teams teamviewer telegram tg things threema thunderbird thunderlink tidal todoist tower
  transmission transmit trello trust ts3server twitter txmt ultraviewer unity unityhub unreal unrealengine uplay
  utorrent vagrant venmo viber virtualbox vivaldi vlc vmware vscodium warp webex webstorm wechat weixin whatsapp
  winamp windsurf winscp wire wireguard wsl x-xcode xcode zed zerotier zoom zoommtg zoomphonecall zoomus zotero`

const refused = new Set(`${ofTheWeb} ${ofSystems} ${ofSoftware}`.trim().split(/\s+/))

// Families of schemes: every one that begins so belongs to the same software.
const families =
  /^(?:ms-|microsoft|windows-|vscode|visualstudio|chrome|edge|moz-|firefox-|opera-|brave-|safari-|x-|com\.apple\.|com\.microsoft\.|com\.epicgames\.|apple-|acrobat|adobe|docker-|evernote|explorer\.|git-|github-|minecraft-|office|roblox|uplay|itms|web\+|view-source|shell|search-|jetbrains-|android-|intent|facetime|steam|zoom|skype|teamviewer|git\+|svn\+|ssh\+|mongodb\+)/

/** Whether a scheme, in small letters and without its colon, is not one that an app can own. */
export const isRefusedScheme = (scheme: string): boolean => refused.has(scheme) || families.test(scheme)

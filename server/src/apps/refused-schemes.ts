/*
 * A scheme is an app's own when neither a browser nor an operating system nor software that many have installed gives it a
 * meaning: a redirect to one of those would start a program or show something else than the app.
 */

// Schemes of the web and the Internet, as registered with IANA or built into browsers.
const ofTheWeb = `about acct acap afp attachment bitcoin blob cap cid coap coaps content data dav dict dns
  ed2k ethereum feed file filesystem finger ftp ftps geo git go gopher gtalk h323 http+unix iax icap icon im imap imaps info
  ipfs ipns ipp ipps irc irc6 ircs jabber jar javascript lastfm ldap ldaps livescript magnet mailto mid mms mocha msnim
  msrp mtqp mumble mupdate news nfs nntp oid opaquelocktoken pkcs11 pop pop3 pres proxy psyc resource rmi rsync rtmp rtsp rtsps rtspu
  sftp sip sips sms smsto smtp snmp soap stun svn tag tel telnet tftp tip turn turns udp unreal urn vbscript
  view-source wais webcal wpid ws wss wtai wyciwyg xcon xmlrpc xmpp xri z39.50`

// Schemes by which operating systems and their parts are opened.
const ofSystems = `aaas ado android android-app appinstaller apt bluetooth calculator calshow cmd com-apple cortana
  dde dhcp diagnostics disk dmg exec explorer facetime facetime-audio fb-messenger findmy hcp help hypertalk installer intent itms itms-apps
  itms-appss itms-beta itms-books itms-itunesu itms-services itmss itunes jnlp jnlps knownfolder kioclient ldap-dir local map
  maps market mapi mhtml microsoft mk mmst mmsu msdt ms message musics nautilus network notes nxm onenote onenote-cmd outlook
  outlookfeed photos photos-redirect pcast podcast prefs prefs-root powershell python read register res rlogin run samsungapps script search search-ms service
  settings shell shortcuts show smb snippet ssh steam sudo terminal tn3270 trash tv videos vnc vmrc wab webcals windows windowsdefender workflow
  wmp wscript wsh x-terminal xdg-open`

// Schemes of software that many have, and that does what a link says.
const ofSoftware = `1password anydesk atom bitbucket brave cursor code-oss discord dropbox epic evernote figma firefox github-mac github-windows
  gitkraken idea jetbrains lync msteams ms-teams mongodb mysql opera postgres postgresql rdp redis roblox sgnl signal skype slack
  snapchat sourcetree spotify sublime tg teams teamviewer telegram ts3server twitter vivaldi vlc vscodium webex whatsapp
  windsurf wireguard zed zoom zoommtg zoomus zoomphonecall zotero`

const refused = new Set(`${ofTheWeb} ${ofSystems} ${ofSoftware}`.trim().split(/\s+/))

// Families of schemes: every one that begins so belongs to the same software.
const families =
  /^(?:ms-|microsoft-|windows-|vscode|visualstudio|chrome|edge|moz-|opera-|brave-|safari-|x-apple|x-apple\.|com\.apple\.|apple-|itms|web\+|view-source|shell|search-|jetbrains-|android-|intent|facetime|steam|zoom|skype|teamviewer|git\+|svn\+|ssh\+|mongodb\+)/

/** Whether a scheme, in small letters and without its colon, is not one that an app can own. */
export const isRefusedScheme = (scheme: string): boolean => refused.has(scheme) || families.test(scheme)

/**
 * Hosts that many unrelated companies write into a website or e-mail cell. Facts gathered by hand from the providers' own sign-up
 * pages; a host belongs here when strangers would be merged by it. Every list is a space-separated string for the sake of reading.
 */
const words = (text: string): string[] => text.trim().split(/\s+/);

/** Mailbox providers open to the public (and consumer internet providers' mail): an address there names no employer. */
export const FREE_MAIL: ReadonlySet<string> = new Set(
  words(`
  gmail.com googlemail.com icloud.com me.com mac.com aol.com aim.com verizon.net msn.com passport.com windowslive.com live.com live.co.uk live.fr live.de live.nl
  live.it live.be live.se live.dk live.no live.ca live.cl live.cn live.ie live.jp live.in live.com.au live.com.mx live.com.ar live.com.pt live.com.my
  live.com.sg live.co.za live.ru live.at ymail.com rocketmail.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com
  tutamail.com keemail.me zoho.com zohomail.com zohomail.eu zohomail.in fastmail.com fastmail.fm hushmail.com hush.com mail.com email.com usa.com post.com consultant.com
  engineer.com europe.com asia.com dr.com myself.com iname.com writeme.com cheerful.com techie.com workmail.com mailfence.com runbox.com startmail.com
  posteo.de posteo.net mailbox.org disroot.org riseup.net lavabit.com inbox.com excite.com lycos.com juno.com netzero.net netzero.com earthlink.net mindspring.com
  att.net sbcglobal.net bellsouth.net pacbell.net ameritech.net swbell.net comcast.net xfinity.com charter.net spectrum.net rr.com roadrunner.com twc.com
  cox.net optonline.net optimum.net cablevision.net frontiernet.net windstream.net centurylink.net centurytel.net embarqmail.com q.com qwest.net suddenlink.net
  mediacombb.net tds.net wowway.com hughes.net peoplepc.com prodigy.net prodigy.net.mx rogers.com shaw.ca telus.net sympatico.ca videotron.ca
  bell.net cogeco.ca eastlink.ca nbnet.ca sasktel.net mts.net btinternet.com btopenworld.com talktalk.net talk21.com sky.com virginmedia.com
  ntlworld.com blueyonder.co.uk tiscali.co.uk plus.com plusnet.com freeserve.co.uk orange.net fsmail.net wanadoo.co.uk eircom.net
  gmx.de gmx.net gmx.com gmx.at gmx.ch web.de freenet.de t-online.de arcor.de online.de 1und1.de mail.de email.de hotmail.de ist.de kabelmail.de unitybox.de vodafonemail.de
  o2online.de ewetel.net netcologne.de versanet.de aon.at chello.at utanet.at bluewin.ch hispeed.ch sunrise.ch swissonline.ch orange.fr wanadoo.fr free.fr
  laposte.net sfr.fr neuf.fr 9online.fr club-internet.fr numericable.fr bbox.fr aliceadsl.fr cegetel.net voila.fr caramail.com libero.it virgilio.it
  alice.it tin.it tim.it tiscali.it fastwebnet.it inwind.it iol.it email.it teletu.it poste.it pec.it aruba.it terra.es telefonica.net ono.com movistar.es
  wanadoo.es ya.com sapo.pt clix.pt netcabo.pt iol.pt mail.pt ziggo.nl kpnmail.nl planet.nl hetnet.nl xs4all.nl home.nl upcmail.nl chello.nl casema.nl
  zonnet.nl quicknet.nl tele2.nl telenet.be skynet.be proximus.be scarlet.be voo.be telia.com bredband.net comhem.se spray.se home.se swipnet.se tele2.se
  passagen.se online.no broadpark.no getmail.no start.no jubii.dk ofir.dk mail.dk tdcadsl.dk stofanet.dk youmail.dk luukku.com kolumbus.fi saunalahti.fi
  elisanet.fi suomi24.fi simnet.is wp.pl o2.pl onet.pl op.pl interia.pl interia.eu poczta.fm poczta.onet.pl vp.pl tlen.pl gazeta.pl autograf.pl
  seznam.cz email.cz centrum.cz post.cz volny.cz atlas.cz azet.sk centrum.sk zoznam.sk pobox.sk freemail.hu citromail.hu indamail.hu t-online.hu
  abv.bg mail.bg dir.bg otenet.gr forthnet.gr in.gr mail.gr inbox.lv inbox.lt one.lv mail.ee hot.ee online.ee zone.ee mail.ru bk.ru inbox.ru list.ru internet.ru
  yandex.ru yandex.com yandex.ua yandex.by yandex.kz ya.ru rambler.ru lenta.ru ro.ru autorambler.ru myrambler.ru ukr.net i.ua meta.ua bigmir.net tut.by
  mynet.com ttmail.com superonline.com ttnet.net.tr walla.com walla.co.il 012.net.il bezeqint.net netvision.net.il zahav.net.il
  emirates.net.ae eim.ae qq.com foxmail.com 163.com 126.com yeah.net vip.163.com sina.com sina.cn vip.sina.com sohu.com tom.com 21cn.com 139.com 189.cn wo.cn aliyun.com
  263.net netvigator.com hkbn.net naver.com hanmail.net daum.net nate.com kakao.com korea.com dreamwiz.com docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp
  i.softbank.jp nifty.com biglobe.ne.jp ocn.ne.jp so-net.ne.jp infoseek.jp excite.co.jp goo.jp rediffmail.com rediff.com sify.com in.com vsnl.net
  bsnl.in singnet.com.sg starhub.net.sg pacific.net.sg tm.net.my streamyx.com bigpond.com bigpond.net.au optusnet.com.au iinet.net.au ozemail.com.au tpg.com.au
  internode.on.net dodo.com.au westnet.com.au adam.com.au xtra.co.nz slingshot.co.nz orcon.net.nz mweb.co.za telkomsa.net vodamail.co.za webmail.co.za
  uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com r7.com oi.com.br zipmail.com.br fibertel.com.ar arnet.com.ar ciudad.com.ar
  speedy.com.ar uolsinectis.com.ar vtr.net cantv.net une.net.co etb.net.co terra.cl terra.com.mx infinitum.com.mx
  duck.com hey.com simplelogin.com anonaddy.com relay.firefox.com privaterelay.appleid.com mailinator.com guerrillamail.com 10minutemail.com
  tempmail.com temp-mail.org yopmail.com yopmail.fr trashmail.com trashmail.de sharklasers.com maildrop.cc getnada.com dispostable.com throwawaymail.com discard.email
  spam4.me mailnesia.com moakt.com byom.de wegwerfmail.de muell.email`),
);

/** Mailbox brands that use the same label under many suffixes: `yahoo.co.jp`, `hotmail.fr`, `outlook.de`. */
export const FREE_MAIL_BRANDS: ReadonlySet<string> = new Set(words("yahoo hotmail outlook gmail googlemail protonmail"));

/** Social networks, link shorteners, link-in-bio pages and page hosts: as a company's website they name the host, never the company. */
export const SHARED_SITES: ReadonlySet<string> = new Set(
  words(`
  facebook.com fb.com fb.me m.me instagram.com instagr.am threads.net threads.com twitter.com x.com linkedin.com lnkd.in youtube.com youtu.be tiktok.com pinterest.com
  snapchat.com tumblr.com reddit.com vk.com ok.ru weibo.com wechat.com whatsapp.com wa.me telegram.org t.me discord.gg discord.com xing.com viadeo.com
  vimeo.com flickr.com soundcloud.com behance.net dribbble.com meetup.com nextdoor.com myspace.com quora.com line.me
  bit.ly bitly.com t.co goo.gl tinyurl.com ow.ly buff.ly is.gd rebrand.ly cutt.ly rb.gy shorturl.at lnk.to linktr.ee linktree.com lnk.bio beacons.ai bio.link
  campsite.bio carrd.co taplink.cc allmylinks.com about.me g.page g.co maps.app.goo.gl goo.gle page.link forms.gle aka.ms amzn.to amzn.eu ebay.us etsy.me
  wixsite.com myshopify.com blogspot.com blogger.com wordpress.com weebly.com webs.com github.io gitlab.io netlify.app vercel.app herokuapp.com pages.dev
  workers.dev web.app firebaseapp.com azurewebsites.net cloudfront.net amazonaws.com webflow.io godaddysites.com business.site square.site strikingly.com
  mystrikingly.com jimdo.com jimdosite.com jimdofree.com site123.me webnode.com webnode.page yolasite.com ucraft.net tilda.ws simplesite.com ueniweb.com
  framer.website framer.app notion.site mailchimpsite.com bigcartel.com mybigcommerce.com ecwid.com storenvy.com tripod.com angelfire.com
  geocities.com typepad.com livejournal.com over-blog.com skyrock.com canalblog.com substack.com ghost.io gumroad.com tumblr.co onuniverse.com
  lovable.app replit.app repl.co glitch.me surge.sh onrender.com fly.dev appspot.com withgoogle.com ngrok.io ngrok-free.app duckdns.org ddns.net
  example.com example.net example.org test.com domain.com yourcompany.com yourdomain.com company.com noemail.com none.com nowebsite.com`),
);

/**
 * Companies that also host others: `amazon.com` is Amazon, `amazon.com/shops/x` is not. A path, a query, or a subdomain outside
 * `OWN_SUBDOMAINS` makes the address a tenant's. `brand`: the label counts under every suffix (`amazon.de`, `ebay.co.uk`).
 */
export const LANDLORDS: ReadonlyMap<string, "brand" | "domain"> = new Map([
  ...words(
    "amazon ebay etsy google aliexpress mercadolibre mercadolivre rakuten tripadvisor yelp indeed glassdoor trustpilot airbnb groupon lazada shopee",
  ).map((label): [string, "brand"] => [label, "brand"]),
  ...words(`
  alibaba.com taobao.com tmall.com walmart.com newegg.com wayfair.com houzz.com thomasnet.com indiamart.com made-in-china.com globalsources.com allegro.pl otto.de
  zalando.de cdiscount.com fnac.com bol.com flipkart.com jd.com coupang.com wix.com squarespace.com shopify.com bigcommerce.com webflow.com hubspot.com github.com
  gitlab.com bitbucket.org sourceforge.net medium.com crunchbase.com zoominfo.com apollo.io bloomberg.com wikipedia.org yellowpages.com yell.com gelbeseiten.de
  pagesjaunes.fr bbb.org kompass.com europages.com opencorporates.com dnb.com northdata.com booking.com expedia.com opentable.com doordash.com ubereats.com
  grubhub.com apple.com microsoft.com sharepoint.com dropbox.com notion.so patreon.com kickstarter.com indiegogo.com eventbrite.com calendly.com
  canva.com issuu.com slideshare.net angel.co wellfound.com clutch.co g2.com capterra.com fiverr.com upwork.com baidu.com naver.com yandex.ru`).map(
    (domain): [string, "domain"] => [domain, "domain"],
  ),
]);

/** Landlords whose deep links are mostly their own pages: only foreign subdomains make a tenant there. */
export const OWN_PATHS: ReadonlySet<string> = new Set(
  words(
    "apple.com microsoft.com shopify.com hubspot.com bloomberg.com zoominfo.com dnb.com squarespace.com wix.com bigcommerce.com webflow.com",
  ),
);

/** Subdomains a landlord uses for its own pages. */
export const OWN_SUBDOMAINS: ReadonlySet<string> = new Set(
  words(
    "www ww2 www2 www3 m mobile ir investor investors stock about corporate corp press news newsroom group global jobs careers business ads help support",
  ),
);

/** Private entries of the public-suffix list that are sold like top-level domains: a name under them is its owner's own domain. */
export const REGISTRY_SUFFIXES: ReadonlySet<string> = new Set(
  words(`
  uk.com us.com eu.com de.com gb.net uk.net se.net jp.net hu.net in.net br.com cn.com gr.com jpn.com mex.com ru.com sa.com za.com co.com
  za.bz za.net com.de com.se co.nl co.no co.dk biz.dk firm.dk reg.dk store.dk no.com africa.com ae.org us.org eu.org ru.net co.ca co.cz co.at com.ru
  nom.za org.ru net.ru pp.ru msk.ru spb.ru kr.com qc.com hu.com uy.com ar.com co.pl biz.gl pp.ua co.ua biz.ua com.pl info.pl net.pl org.pl it.com radio.am radio.fm`),
);

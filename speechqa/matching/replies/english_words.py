"""The words by which a clause of an English reply says yes, no, or neither; looked for in its view."""

import re

_SOFT = (
    r"(well|oh|okay|so|um|actually|honestly|look|sorry|no|yeah|yes|then|and|just|really|i mean|"
    r"you know|please) "
)
_KIN = (
    r"(husband|wife|partner|son|daughter|mother|mom|mum|father|dad|brother|sister|grand\w+|boss|roommate"
    r"|flatmate|"
    r"assistant|secretary|colleague|neighbou?r|friend|uncle|aunt|cousin|boyfriend|girlfriend|carer)"
)

HUM = re.compile(r"(uhhuh|mmhmm|mhm)( (uhhuh|mmhmm|mhm))*")
BACK_CHANNEL = re.compile(r"((uhhuh|mmhmm|mhm|okay|right|i see|got it|all right)( |$))*")
POLITE = re.compile(
    rf"^({_SOFT})+(?=\S)|( (thanks|thank you|please|sir|madam|ma am|mate|bye|goodbye|then|though|buddy"
    rf"|dear|anyway))+$"
)
EMPTY = re.compile(
    r"((thanks|thank you|sorry|oh|well|so|goodbye|bye|cheers|you too|hi|hello|hey|hm|um|and)( |$))*"
)
QUESTION = re.compile(
    r"^(and |so |but |okay |sorry |wait )*(what|who|whose|where|when|why(?! not)|how|which|is (it|that"
    r"|this|there)|are (you|there|they)|"
    r"do (i|you|they)|does (it|that)|will (it|you|i|there)|can (i|you)|could (you|i)|would (it|you|i)"
    r"|did (you|i)|have (you|i))\b"
)
ASKS = re.compile(rf"\?|{QUESTION.pattern}", re.IGNORECASE)  # over words as they are written

INVITES = re.compile(
    r"\b(go on(?! then)|tell me( more| about)?|i am listening|what (is it|have you got|do you have)|explain"
    r"|hold on|hang on|just a (second|minute|moment)|"
    r"one (second|minute|moment|sec)|carry on|say that again|go ahead (and )?(tell|explain|talk)"
    r"|can not hear|did not (catch|hear)|"
    r"speak up|pardon|come again|be quick|make it quick|i have (a|\d+|a few) minutes?)\b"
)
BUT = re.compile(r"^(but|though|although|except|only|just that|however)\b")
CONDITION = re.compile(
    r"\b(if(?! (possible|that is (okay|all right)|i may)\b)"
    r"(?! you (could|can|would|will|please|do not mind)( please)?$)|unless"
    r"|provided|as long as|assuming|depends|only when|once i|when i|after i)\b"
)
ASSENT_BY_NO = re.compile(
    r"\b(no (problem|worries|objections?|issue)|not a problem|(do|would) not mind|can not complain"
    r"|why not|(might|may) as well|not at all|"
    r"(do|can) not see why not|no harm|nothing (wrong|against)( with)? (it|that)|could not be better"
    r"|not bad)\b"
)
ASKS_LEAVE = re.compile(  # no question about the matter
    r"^((well|so|okay|sorry) )?(can|could|may|would) (i|you) (please )?(get back|call|ring|phone"
    r"|have a think|think|send|email|text)"
)
NO = re.compile(
    r"\b(would|had) rather (you|we|i|it) (did|do|were) not\b|"
    r"\b(answers?( is)?|(that|it) is) (still |again )?(a )?no\b"
    r"(?! (trouble|bother|big|problem))|"
    r"^(please |just )*do not$|\byou are not (\w+ )?\w+ing\b|\bno(body| one) (here )?(wants?|needs?)\b|"
    r"\bdo not think (we|you|he|she|they)\b|\bnot (going|putting|signing|having|taking|doing|paying|buying"
    r"|changing|moving)\b|\btold you (already )?no\b|\bforget about (it|that)\b|\bunder no circumstances\b|"
    r"\b(does|do|did) not interest\b|\b(stick|sticking|staying|stay) with\b|\bcould not possibly\b|"
    r"\bnothing for (me|us)\b|\bno (sorry|sir|madam)\b|\bnot (on|in) (your|my) (life|nelly)\b"
    r"|\bgive it a miss\b|\bremove me\b|\ba no$|\bdeclin(e|ing)\b|\bdo not have (the|any) (money|time)\b"
    r"|\bwill not be\b|"
    r"\bnot (something|anything|really something) (i|we)\b|\bcan not say i\b|\bcould not care less\b"
    r"|\bno (use|interest|chance|desire)\b|\bnot for that\b|"
    r"^you are (all right|okay|fine|good)\b|\bdo not think (that|it|this|i)\b|\ba no from\b|\bi said no\b"
    r"|\bhappy with (our|my|the|what)\b|"
    r"^no\b|^not?( (really|today|now|right now|at the moment|at this (time|point|stage)|for me|this time"
    r"|interested|particularly|likely|a chance|me|"
    r"necessary|going to happen|thanks))?$|\bsa(ys|id) no\b|\bno (thanks|thank you|way|need|interest)\b|"
    r"\bnot (really )?(interested|for (me|us)|necessary|happening|going to|looking|keen|needed|worth it|into"
    r"|at all interested)\b|\b(would|d) rather not\b|"
    r"\bprefer not\b|\b(do|does|did|would|will|shall) not (really |actually |even |particularly )?(want"
    r"|need|like|care|think so|agree|consent|authori[sz]e|"
    r"wish|require|fancy|bother|sign|do that|do it|go ahead|proceed|take|buy|see the point|ask for|use"
    r"|wanna|be needing)\b|"
    r"\b(no|never|not) (i )?(said|agreed|asked)\b|\bnever (said|agreed|asked)\b|\b(absolutely|definitely"
    r"|certainly|of course|probably|rather|maybe|"
    r"i think|i guess|i am afraid|i would say|better|hopefully) not\b|\b(i|we) (am|are) (all |perfectly "
    r"|quite )?(good|set|fine|okay|right|happy (as|with what)|"
    r"sorted|covered)\b(?! (with (that|it)|to|for|by))|\b(will|going to|have to|gonna) (have to )?(pass"
    r"|decline|say no|skip)\b|^pass$|\b(leave|drop|scrap|forget|stop|cancel) (it|that|"
    r"this|the order|everything|calling)\b|\bnever mind\b|\bchanged my mind\b|\b(take|get) me off\b"
    r"|\bcan ?not afford\b|\btoo (expensive|much|pricey|dear)"
    r" for me\b|\bstop\b|\bdo not (call|bother|sign|do|charge|put|add|order|send me any)\b"
    r"|\bcount me out\b|\bhard pass\b|\bi refuse\b|\blet us not\b|"
    r"\bthat will not\b|\bhappy with (what|my)\b"
)
VAGUE = re.compile(
    r"\b((in|of) (two|2) minds|have a think|a think about|(ring|call|phone) me (back|later|tomorrow|again"
    r"|next)|get back to you|put it in (an|a) (email|letter|writing)|i will (have to )?see|run it (past"
    r"|by)|not made up my mind|(still )?deciding|come back to me|like some time|double check)\b|"
    r"\b(think (about|on|over) (it|this|that)|think (it|this|that) over|need to think|have to think"
    r"|let me think|think about|mull|consider|sleep on|"
    r"(i|we) (guess|suppose|think|reckon)( so)?$|i (guess|suppose)|maybe|perhaps|possibly|probably|might"
    r"|not (so |too |quite |100 percent |entirely |really )?(sure|certain|"
    r"decided|ready)|do not know|no idea|hard to say|(we|i) will see|see how|depends|let me (check|ask"
    r"|talk|speak|look|discuss|read|get back|see|sleep|run it)|"
    r"(need|have|want|would like|got) to (talk|speak|ask|check|discuss|look|read|see|compare|run)|(ask"
    r"|talk to|speak to|speak with|check with|talk with) my|"
    r"call (me )?(back|again|later|tomorrow|next)|ring (me )?(back|later)|(send|email|text|mail"
    r"|e mail) me|send (it|something|the details|that) (over|to me|through|in)|later|"
    r"(some|an)other (time|day)|not yet|get back to you|up to you|whatever|i do not mind either"
    r"|either way|next (week|month|year|time)|in a (few|couple)|"
    r"sounds? (a bit |quite |kind of |rather )?(expensive|pricey|steep)|bit (expensive|pricey|steep|much)"
    r"|shop around|no rush|look into it|could be|kind of|sort of|"
    r"as you (like|wish)|you decide|i would have to|thinking about it|on the fence|undecided|half)\b"
)
YES = re.compile(
    r"^100 percent\b|\b(glad|delighted|pleased) to\b|\b(that|it|which) suits (me|us)\b|"
    r"\bsay yes\b|\ba yes\b|\bgo right ahead\b|\bthat will do\b|"
    r"\ba deal\b|\bput (it|me|that) through\b|\bsounds right\b|"
    r"^(okey dokey|righto|right you are|too right)\b|\b(up for (that|it)|sign me right up|go on then)\b|"
    r"^(yes|yeah|yea|ya|aye|sure|okay|right|fine|good|great|perfect|cool|lovely|brilliant|absolutely"
    r"|definitely|certainly|totally|"
    r"please$|affirmative|agreed|deal|done|correct|exactly|true|awesome|excellent|by all means)\b"
    r"|\b(of course|for sure|go ahead|go for it|please do(?! not)|do it|do that|let us (do|go|"
    r"get)|sign me up|sign us up|sounds (good|great|fine|lovely|okay|perfect|reasonable|fair|like a (plan"
    r"|deal))|works for me|that (works|is|will be|would be|sounds) (is )?(absolutely |totally |perfectly "
    r"|all |"
    r"very )?(fine|okay|good|great|perfect|right|lovely|all right|correct|me)|fine by me|fine with me"
    r"|okay with me|good with that|(i|we) (agree|consent|accept|"
    r"do(?! not)|am in$|confirm|approve|authori[sz]e|will (take|have|go|do|try|get|sign|buy)|would be happy"
    r"|would (love|like) (to$|that|it|one)|want (it|that|to|one)|am happy (to|with that)|am okay with"
    r"|am fine with|am good with)|"
    r"count me in|put me (down|in)|you (can|may|have my)|be my guest|by all means|i will take"
    r"|give it a (try|go|shot)|"
    r"get me|book me|set (it|me) up|happy (to|with that)|all right|you bet|very well|make it so"
    r"|ready when you are|add it|order it|start it)\b"
)
BARE = re.compile(
    r"((yes|yeah|yea|sure|okay|right|fine|good|great|all right|cool|that is (fine|okay|good|all right)"
    r"|perfect|lovely|"
    r"got it|i see|i understand|understood)( |$))+"
)
ACKNOWLEDGES = re.compile(r"((okay|right|fine|good|great|all right|cool|that is (fine|okay|good))( |$))+")
ASKS_ON = re.compile(r"^(and|but|so) ")
FOLLOWS = re.compile(  # has heard, and says no more
    r"((oh|ah|right|i see|got it|i understand|understood)( |$))+"
)
REPORTED = re.compile(
    rf"^(my )?({_KIN}|he|she|they|everybody|people|someone|the (other )?(lady|guy|man|agent))( also| just"
    rf"| already)? (says?|said|thinks?|told|wants?|would)\b"
)

_PAYER = r"(holder|owner|payer|customer|subscriber|tenant|landlord|boss|manager)s?"
NOT_ME = re.compile(
    r"\bwrong (person|house|guy|man|woman|lady|one|place|address)\b|"
    r"\bno(body| one)? (here )?(of|with|called|named) (that|this|the)\b|"
    r"^i (am |just |only )*(just|only) (the|an?|his|her|their|my|visiting|looking|minding|staying"
    r"|answering|here|live|work|look|clean|rent|answer|mind)\b|"
    rf"\b{_PAYER} (is )?(not|out|away|at (work|home|school|the)|on|in|asleep|off|abroad)\b|"
    r"\b(not|never) (my|mine|our|in my)\b|\bdial(l?ed)? (the )?wrong\b|\bdo not know who\b|"
    r"\b(need|want|have|got|best|better) to (speak|talk) (to|with) (my|his|her|the) |"
    r"\b(he|she|they) (is |are )?(moved|gone|out|left|passed|died)\b|"
    r"\b(you want my \w+|there is no (mr|mrs|ms|miss)|(it|that|phone|account|line) is my (landlord"
    r"|husband|wife|mum|mom|dad|son|daughter|partner|boss|brother|sister)s?|\w+ lives? here any ?more|(is"
    r"|are) not (in|home|available|around))\b|"
    rf"\b(wrong (number|person)|not (me|him|her|the (owner|account holder|person|right person"
    rf"|bill payer))|no(body|one)? (here )?by that name|(he|she|they) (is|are) (not|out|away|at|asleep|"
    rf"busy|in the|sleeping|driving|working|on)|(he|she) (does|did) not|(he|she) (passed|died|left|moved"
    rf"|went)|(this|it|i) (is|am) (his|her|their|the) {_KIN}|"
    rf"(i am|this is|it is|that is|that would be) (his|her|their|my) {_KIN}|(that|it|this) (is|would be"
    rf"|was) my {_KIN}|my {_KIN} (is|has|owns|pays|handles|deals)|do not know (him|her|anyone|any)|"
    r"(belongs?|belonging) to my|i am not( (the|him|her|he|she|that))?|not here|speaking for|on behalf"
    r"|passed away|no longer (lives|works|here)|just (got|bought) this number|"
    r"company (phone|account))\b"
)
YES_FACT = re.compile(
    r"^(yes|yeah|yea|ya|aye|sure|okay|correct|right|exactly|absolutely|definitely|certainly|true|indeed"
    r"|speaking|"
    r"affirmative|yours truly|me|that is me|it is me|i am( indeed)?$|it is|i do|we do|we are|i have"
    r"|it does|(he is|she is|they are|you are|you have|you got)(?= indeed| sir| madam|$)"
    r"|you are (speaking|talking)|sure am)\b|"
    r"\b(that is the one|i am the one (who|that)|speaking|that is (me|right|correct|my)"
    r"|this is (he|she|him|her|me|[a-z]+)$"
    r"|this is (the )?(account holder|owner|bill payer)|i am (he|she|him|her$|the (account holder|owner"
    r"|bill payer|right|one))"
    r"|of course|"
    r"you (have )?(got|found|reached) (me|him|her)|that would be me|the one and only|in my name|my (name"
    r"|account|number|phone)|it is mine|is mine|only me|just me|none other)\b"
)
KEEPS_QUIET = re.compile(
    r"\b(not (saying|telling|answering|giving (you|out))|(none|no) (of )?your business|private"
    r"|(rather|will|do|would) not (want to )?(say|tell|answer|give))\b"
)
CORRECTS = re.compile(r"^(sorry|wait|no wait|i mean|actually|correction|let me rephrase)\b")
SURELY_YES = re.compile(
    r"^(yes|yeah|speaking|correct)( (speaking|it is|i am|that is (me|right|correct)|this is (she|he|her"
    r"|him|me)))?$|\b(that is me|this is (he|she|me))\b"
)

# What the two sides say after an answer.
_PUT_OFF = rf"({_SOFT}|but |wait |hold on |hang on |on second thought |you know what |changed my mind )*"
TAKES_BACK = re.compile(
    rf"{_PUT_OFF}((i )?(do not|would rather not|will not|have changed|changed)( (want|need|take|do"
    rf"|my))?( (it|that|this|to|mind|anymore|any of it|after all))*|cancel( (it|that|the order|"
    r"everything))?|forget (it|about it|that)|never mind|scrap (it|that)|leave it|no do not|stop|take (it"
    r"|that) (off|back))( please| then| after all| now)*"
)
REFUSES = re.compile(rf"{_PUT_OFF}(no|no thanks|no thank you|i would rather not|not interested)")
HESITATES = re.compile(
    r"\b(think about|let me think|wait|hold on|hang on|check with|ask my|not sure|talk to my)\b"
)
TAG = re.compile(
    r"((so |and |then )?(is that (okay|all right|fine)|okay|all right|sound(s)? good|would you like that"
    r"|shall (i|we)( go ahead)?|"
    r"can i go ahead|are you happy with that|what do you (say|think)|how about it|does that (work"
    r"|sound)( for you| good| okay)?|yes or no|are you sure))"
)
WAITS = re.compile(
    r"((okay|great|perfect|lovely|thank you|thanks|just|one|a|moment|second|minute|please|bear with me"
    r"|hold on|let me|i will|i am|"
    r"do|that|it|for you|now|right|away|all|processing|putting|through|while|the|system|understood"
    r"|of course|sure|no problem|bye)( |$))+"
)
GIVES_IN = re.compile(
    r"^(okay |all right |sure )*(no problem|no worries|that is (fine|okay|all right)|not to worry"
    r"|i (understand|appreciate)|take your time|fair enough)\b"
)
REPORTS_DONE = re.compile(
    r"\b((have|is|are) (now |already |just |all )?(signed|activated|set|been (signed|activated|set|added"
    r"|ordered|upgraded|enrolled|placed|processed)|added|ordered|enrolled|processed|upgraded|placed)( you"
    r"| it)?"
    r"( up)?|all (done|set)|(order|plan|subscription) (is|has) (gone|went) through|went through"
    r"|congratulations|welcome (aboard|to the))\b"
)
SWITCHES = re.compile(r"\b(your (old|current|previous|existing)|instead of|cancel your)\b")
OFFERS = re.compile(
    r"\b(also|another|offer|recommend|promotion|deal|discount|in addition|as well|free gift|upgrade)\b"
)
ERRAND = re.compile(
    r"\b(e ?mail|text message|invoice|receipt|postcode|zip|address|date of birth|password|survey"
    r"|anything else|confirmation|last four|card number)\b"
)
ACTS = re.compile(
    r"\b(sign|order|activate|add|set (it|that|you) up|enrol+|subscribe|buy|take|upgrade|start|go ahead"
    r"|cancel|charge)\b"
)
